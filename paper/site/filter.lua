-- Puts numbers, tables and figures where paper/site/commands.tex left links that ask for them. What it reads was
-- written by `reprise report paper`; the folder is the variable `generated`.

local generated = os.getenv("GENERATED")

local function read(name)
  local file = io.open(generated .. "/" .. name, "r")
  if not file then return nil end
  local text = file:read("a")
  file:close()
  return text
end

local function escape(text)
  return (text:gsub("[&<>\"']", { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;", ["'"] = "&#39;" }))
end

-- key -> text and experiment, of values.tsv
local values = {}
for line in (read("values.tsv") or ""):gmatch("[^\n]+") do
  local key, text, experiment = line:match("^([^\t]*)\t([^\t]*)\t([^\t]*)$")
  values[key] = { text = text:gsub("\\(.)", { t = " ", n = " ", r = " ", ["\\"] = "\\" }), experiment = experiment }
end

local function raw(html) return pandoc.RawBlock("html", html) end

-- A number that prose names, and where it comes from.
local function measured(key)
  local value = values[key]
  if not value then return pandoc.Str("not measured") end
  if value.experiment == "" then return pandoc.Str(value.text) end
  return pandoc.Link(value.text, "provenance.html#" .. value.experiment, "", { class = "measured" })
end

local commands = io.open("paper/site/commands.tex", "r"):read("a")

-- The title of an experiment's page, as text; nil: it has none.
local function title(name)
  local text = read("questions/" .. name .. ".tex")
  local latex = text and text:match("\\questiontitle{[^}]*}{(.-)}\n")
  return latex and pandoc.utils.blocks_to_inlines(pandoc.read(commands .. latex, "latex").blocks)
end

local inline = {
  sign = function(code) return pandoc.Str(string.char(tonumber(code))) end,
  measured = function(key) return measured(key) end,
  verdict = function(word) return pandoc.Span(word, { class = "verdict " .. word:gsub(" ", "-") }) end,
  question = function(name, link) return pandoc.Link(link.content, name .. ".html") end,
  claim = function(name, link)
    local experiment, id = name:match("^(.*):(.*)$")
    return pandoc.Link(link.content, experiment .. ".html#claim-" .. id)
  end,
  provenance = function(name, link) return pandoc.Link(link.content, "provenance.html#" .. name) end,
  again = function(_, link) return pandoc.Code(pandoc.utils.stringify(link.content)) end,
}

-- Signs and numbers with them: text like any other.
local signs = { ["\\leq"] = "≤", ["\\geq"] = "≥", ["\\times"] = "×", ["\\lambda"] = "λ", ["\\dagger"] = "†" }
local function Math(math)
  return pandoc.Str((math.text:gsub("\\%a+", signs):gsub("-", "−")))
end

local function Link(link)
  local what, name = link.target:match("^(%l+):(.*)$")
  if inline[what] then return inline[what](name:gsub("%%20", " "), link) end
end

-- --- figures and tables, each a paragraph of its own ------------------------------------------------------------------

-- The rows of a CSV file without line ends in its fields.
local function csv_rows(text)
  local rows = {}
  for line in text:gmatch("[^\r\n]+") do
    local row, at = {}, 1
    while at <= #line + 1 do
      local field, past
      if line:sub(at, at) == '"' then
        local from, to = at + 1, at
        repeat
          to = line:find('"', to + 1, true)
          local doubled = line:sub(to + 1, to + 1) == '"'
          if doubled then to = to + 1 end
        until not doubled
        field, past = line:sub(from, to - 1):gsub('""', '"'), to + 1
      else
        past = line:find(",", at, true) or #line + 1
        field = line:sub(at, past - 1)
      end
      row[#row + 1] = field
      at = past + 1
    end
    rows[#rows + 1] = row
  end
  return rows
end

local function values_table(csv)
  local html = { '<div class="scroll" tabindex="0"><table>\n<thead><tr>' }
  for i, row in ipairs(csv_rows(csv)) do
    if i == 2 then html[#html + 1] = "<tbody>\n" end
    if i > 1 then html[#html + 1] = "<tr>" end
    for _, field in ipairs(row) do
      if i > 1 and tonumber(field) then field = ("%.6g"):format(field) end
      html[#html + 1] = i == 1 and '<th scope="col">' .. escape(field) .. "</th>" or "<td>" .. escape(field) .. "</td>"
    end
    html[#html + 1] = i == 1 and "</tr></thead>\n" or "</tr>\n"
  end
  html[#html + 1] = "</tbody></table></div>"
  return table.concat(html)
end

local function caption_of(link)
  return pandoc.write(pandoc.Pandoc({ pandoc.Plain(link.content) }), "html")
end

local function figure(inside, caption, more)
  return raw("<figure>\n" .. inside .. "\n<figcaption>" .. caption .. "</figcaption>\n" .. (more or "") .. "</figure>")
end

-- gnuplot's picture as a part of the page: its names become the page's own, its title is the caption.
local function picture(name, title)
  local svg = read("figures/" .. name .. ".svg"):gsub("^.-<svg", "<svg", 1)
  svg = svg:gsub("<desc>.-</desc>", ""):gsub("(<g id=\"gnuplot_plot_[^>]*>)%s*<title>.-</title>", "%1")
  svg = svg:gsub("<title>figure[^<]*</title>", "")
  svg = svg:gsub('id="', 'id="' .. name .. "-"):gsub("id='", "id='" .. name .. "-")
  svg = svg:gsub("href='#", "href='#" .. name .. "-"):gsub("url%(#", "url(#" .. name .. "-")
  local begin = '<svg role="group" aria-label="' .. escape(title) .. '"'
  return (svg:gsub("<svg", function() return begin end, 1))
end

local notes = '<ul class="notes">.-</ul>\n'
local function without_notes(html) return html and html:gsub(notes, "") end

local block = {
  scores = function(name) return raw(read("tables/" .. name .. ".html") or "") end,
  original = function(name, link)
    local html = without_notes(read("tables/" .. name .. ".html"))
    if not html then return pandoc.Para({ pandoc.Str("Not measured yet: "), table.unpack(link.content), }) end
    local from = name:gsub("%-original%-%d+$", "")
    local source = '<p class="notes">Measured by <a href="' .. from .. '.html">' .. from ..
      '</a>: <a href="provenance.html#' .. from .. '">program, data and stages</a>.</p>'
    return raw("<figure>\n<figcaption>" .. caption_of(link) .. "</figcaption>\n" .. html .. source .. "\n</figure>")
  end,
  originalnotes = function(name, link)
    local html = read("tables/" .. name .. ".html")
    return html and { pandoc.Para(link.content), raw(html:match(notes)) } or pandoc.Null()
  end,
  drawing = function(name, link)
    if not read("figures/" .. name .. ".svg") then return pandoc.Para({ pandoc.Str("Not measured yet.") }) end
    local image = '<div class="drawing" tabindex="0">' .. picture(name, pandoc.utils.stringify(link.content)) .. "</div>"
    local values = "<details><summary>The values</summary>\n" .. values_table(read("figures/" .. name .. ".csv")) ..
      '\n<p><a href="figures/' .. name .. '.csv" download>as CSV</a></p></details>\n'
    return figure(image, caption_of(link), values)
  end,
  illustration = function(name, link)
    return figure('<div class="illustration">' .. read("figures/" .. name .. ".svg") .. "</div>", caption_of(link))
  end,
  listed = function(name)
    local text = title(name)
    if not text then return pandoc.Null() end
    return pandoc.Para({ pandoc.Link(text, name .. ".html") })
  end,
  stages = function(n) return raw("<p>Its " .. n .. " stages; of each the beginning of its key, a seed after the other:</p>") end,
}

-- Blocks first, while their links still say what they ask for.
local blocks = {}
function blocks.Para(para)
  local link = #para.content == 1 and para.content[1]
  if not link or link.t ~= "Link" then return nil end
  local what, name = link.target:match("^(%l+):(.*)$")
  if block[what] then return block[what](name, link) end
end
blocks.Plain = blocks.Para

-- \paragraph is a heading below the page's own.
local function Header(header)
  if header.level > 2 then
    header.level = 2
    header.classes:insert("paragraph")
  end
  header.identifier = header.identifier:gsub("[^%w:-]", "")
  return header
end

-- Tables of running text are as wide as what is in them, and scroll on a narrow page.
local function Table(element)
  for i, column in ipairs(element.colspecs) do element.colspecs[i] = { column[1], nil } end
  return { raw('<div class="scroll" tabindex="0">'), element, raw("</div>") }
end

return { blocks, { Link = Link, Math = Math, Header = Header, Table = Table } }
