// Tables are sorted by a click on the head of a column. Without this script they are read as they are.
"use strict";

const value = (row, column) => {
  const cell = row.cells[column];
  const number = parseFloat(cell.dataset.value ?? cell.textContent.replace("−", "-"));
  return Number.isNaN(number) ? cell.textContent.trim() : number;
};

const compare = (a, b) => {
  if (typeof a === typeof b) return typeof a === "number" ? a - b : a.localeCompare(b);
  return typeof a === "number" ? -1 : 1; // words behind numbers
};

function sort(table, column, button) {
  const head = button.parentElement;
  const ascending = head.getAttribute("aria-sort") !== "ascending";
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", ascending ? "ascending" : "descending");
  const body = table.tBodies[0];
  const rows = [...body.rows].sort((a, b) => compare(value(a, column), value(b, column)));
  body.append(...(ascending ? rows : rows.reverse()));
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
