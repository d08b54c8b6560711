// Tables are sorted by a click on the head of a column; figures show the value that is pointed at, or that the tabulator
// or the arrow keys have come to. Without this script both are read as they are, with the values below each figure.
"use strict";

// --- tables

const value = (row, column) => {
  const cell = row.cells[column];
  const number = parseFloat(cell.dataset.value ?? cell.textContent.replace("−", "-"));
  return Number.isNaN(number) ? cell.textContent.trim() : number;
};

const compare = (a, b) => {
  if (typeof a === typeof b) return typeof a === "number" ? a - b : a.localeCompare(b);
  return typeof a === "number" ? -1 : 1; // words behind numbers
};

// What the paper reports of a model stays below it; differences and what scores are held against stay at the end.
const pinned = (row) => row.classList.contains("effect") || row.classList.contains("other");

function grouped(rows) {
  const groups = [];
  for (const row of rows) {
    if (row.classList.contains("paper") && groups.length) groups.at(-1).push(row);
    else groups.push([row]);
  }
  return groups;
}

function sort(table, column, button) {
  const head = button.parentElement;
  const ascending = head.getAttribute("aria-sort") !== "ascending";
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", ascending ? "ascending" : "descending");
  const body = table.tBodies[0];
  const groups = grouped([...body.rows]);
  const models = groups.filter(([first]) => !pinned(first));
  models.sort(([a], [b]) => compare(value(a, column), value(b, column)));
  if (!ascending) models.reverse();
  body.append(...models.flat(), ...groups.filter(([first]) => pinned(first)).flat());
}

for (const table of document.querySelectorAll("table")) {
  if (!table.tHead || !table.tBodies.length || table.tBodies[0].rows.length < 3) continue;
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(table, column, button));
    head.append(button);
  });
}

// --- figures: of each, one value is where the tabulator stops, and arrows go on from there

const shown = document.createElement("div");
shown.id = "value";
shown.hidden = true;
shown.setAttribute("aria-hidden", "true"); // it says what the spot's own name says
document.body.append(shown);

function show(spot) {
  const place = spot.getBoundingClientRect();
  shown.textContent = spot.getAttribute("aria-label");
  shown.hidden = false;
  const left = Math.min(place.right + 6, window.innerWidth - shown.offsetWidth - 8);
  shown.style.left = `${Math.max(8, left)}px`;
  shown.style.top = `${Math.max(8, place.top - shown.offsetHeight - 6)}px`;
}

const hide = () => { shown.hidden = true; };

for (const group of document.querySelectorAll(".spots")) {
  const spots = [...group.querySelectorAll(".spot")];
  const go = (from, step) => {
    const to = spots[(spots.indexOf(from) + step + spots.length) % spots.length];
    from.setAttribute("tabindex", "-1");
    to.setAttribute("tabindex", "0");
    to.focus();
  };
  spots.forEach((spot, i) => {
    const title = spot.querySelector("title");
    spot.setAttribute("role", "img");
    spot.setAttribute("aria-label", title.textContent);
    title.remove(); // or browsers would show it beside ours
    spot.setAttribute("tabindex", i === 0 ? "0" : "-1");
    spot.addEventListener("mouseenter", () => show(spot));
    spot.addEventListener("mouseleave", hide);
    spot.addEventListener("focus", () => show(spot));
    spot.addEventListener("blur", hide);
    spot.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (event.key === "Escape") hide();
      if (!step) return;
      event.preventDefault();
      go(spot, step);
    });
  });
}
window.addEventListener("scroll", hide, { passive: true });
