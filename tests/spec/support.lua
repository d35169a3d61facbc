-- What the specs share: each runs the real binary in a fresh folder and looks at what came out.
--
-- The binary is $BIAOCHI_BINARY, or build/biaochi. Specs are run from the repository's root. A
-- workspace of these specs is a temporary folder with the database in its subfolder "data"; the
-- binary runs inside that folder, so that messages name files by their short names.

local json = require "dkjson"
local lfs = require "lfs"

local support = {}

local root = lfs.currentdir()
local seconds_at_most = 30

support.root = root
support.binary = os.getenv "BIAOCHI_BINARY" or "build/biaochi"
if support.binary:sub(1, 1) ~= "/" then support.binary = root .. "/" .. support.binary end

-- ---- files -----------------------------------------------------------------------------------

function support.read_file(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read "a"
  file:close()
  return text
end

function support.write_file(path, text)
  local file = assert(io.open(path, "wb"))
  assert(file:write(text))
  assert(file:close())
end

function support.exists(path) return lfs.attributes(path) ~= nil end

local function quote(text) return "'" .. text:gsub("'", "'\\''") .. "'" end
support.quote = quote

local function must(command)
  local done, how, code = os.execute(command)
  if not done then error(("%s: %s %d"):format(command, how, code), 2) end
end

-- Every character of `text` in another encoding, by iconv.
function support.encode(text, encoding)
  local name = os.tmpname()
  support.write_file(name, text)
  local pipe = assert(io.popen(("iconv -f UTF-8 -t %s %s"):format(encoding, name), "r"))
  local encoded = pipe:read "a"
  local done = pipe:close()
  os.remove(name)
  assert(done, "iconv failed")
  return encoded
end

-- ---- what the program printed ----------------------------------------------------------------

function support.decode(text)
  local value, _, problem = json.decode(text)
  if problem then error(problem .. "\n" .. text, 2) end
  return value
end

-- RFC 4180 text as an array of rows by header name. Fails where the rows are not all as wide.
function support.csv(text)
  text = text:gsub("^\u{FEFF}", "")
  local records, record, at = {}, {}, 1
  while at <= #text do
    local field, quoted_end
    if text:sub(at, at) == '"' then
      field, quoted_end = text:match('^"(.-)"()[,\r]', at)
      while field and select(2, field:gsub('"', "")) % 2 == 1 do
        local more, later_end = text:match('^(.-)"()[,\r]', quoted_end)
        field, quoted_end = field .. '"' .. more, later_end
      end
      field, at = field:gsub('""', '"'), quoted_end
    else
      field, at = text:match("^([^,\r\n]*)()", at)
    end
    record[#record + 1] = field
    if text:sub(at, at) == "," then
      at = at + 1
    else
      assert(text:sub(at, at + 1) == "\r\n", "a CSV row must end with CRLF: " .. text:sub(at, at + 40))
      records[#records + 1], record, at = record, {}, at + 2
    end
  end
  local header, rows = table.remove(records, 1), {}
  for _, fields in ipairs(records) do
    assert(#fields == #header, "a CSV row is not as wide as the header")
    local row = {}
    for i, name in ipairs(header) do row[name] = fields[i] end
    rows[#rows + 1] = row
  end
  return rows, header
end

local wide_ranges = {
  { 0x1100, 0x115F }, { 0x2E80, 0x303E }, { 0x3041, 0x33FF }, { 0x3400, 0x4DBF }, { 0x4E00, 0x9FFF },
  { 0xAC00, 0xD7A3 }, { 0xF900, 0xFAFF }, { 0xFE30, 0xFE6F }, { 0xFF00, 0xFF60 }, { 0xFFE0, 0xFFE6 },
  { 0x20000, 0x3FFFD },
}

-- Columns a terminal gives the character: two for those that East Asian Width calls wide.
function support.character_width(code)
  for _, range in ipairs(wide_ranges) do
    if code >= range[1] and code <= range[2] then return 2 end
  end
  return 1
end

function support.display_width(text)
  local width = 0
  for _, code in utf8.codes(text) do width = width + support.character_width(code) end
  return width
end

function support.lines(text)
  local lines = {}
  for line in text:gmatch "([^\n]*)\n" do lines[#lines + 1] = line end
  return lines
end

-- The part of a line in the terminal's columns first…last, and whether a character straddles an end.
local function cut(line, first, last)
  local part, column, straddles = {}, 1, false
  for _, code in utf8.codes(line) do
    local after = column + support.character_width(code)
    if column >= first and after <= last + 1 then
      part[#part + 1] = utf8.char(code)
    elseif column <= last and after > first then
      straddles = true
    end
    column = after
  end
  return table.concat(part), straddles
end

-- The rows of the table below the line that begins with `heading` (nil: the text begins with the
-- table's header), each by column name, with the whole line as `line`. A blank line, or the list of
-- what has no data, ends it. Fails where a field leaves its column, as it does when wide characters
-- are counted wrongly.
function support.table(text, heading)
  local lines = support.lines(text)
  local top = heading == nil and 1
  for i, line in ipairs(lines) do
    if not top and line:find(heading, 1, true) == 1 and (lines[i + 2] or ""):find "^%-%-" then top = i + 1 end
  end
  if not top or not (lines[top + 1] or ""):find "^%-%-" then
    error("no table " .. tostring(heading) .. " in:\n" .. text:sub(1, 400), 2)
  end
  local columns, rows = {}, {}
  for first, last in lines[top + 1]:gmatch "()%-+()" do
    local name = cut(lines[top], first, last - 1):match "^ *(.-) *$"
    columns[#columns + 1] = { name = name, first = first, last = last - 1 }
  end
  for at = top + 2, #lines do
    local line = lines[at]
    if line == "" or line:find "^no data for %d" or line:find "^缺数据 %d" then break end
    local row, before = { line = line }, 1
    for _, column in ipairs(columns) do
      local gap, straddles = cut(line, before, column.first - 1)
      assert(not straddles and not gap:find "[^ ]", "out of its column: " .. line)
      row[column.name] = cut(line, column.first, column.last):match "^ *(.-) *$"
      before = column.last + 1
    end
    assert(support.display_width(line) < before, "longer than its columns: " .. line)
    rows[#rows + 1] = row
  end
  return rows, columns
end

-- ---- workspaces ------------------------------------------------------------------------------

local Workspace = {}
Workspace.__index = Workspace

-- An empty folder; `initialised` also makes the database in it.
function support.workspace(initialised)
  local pipe = assert(io.popen("mktemp -d", "r"))
  local self = setmetatable({ folder = pipe:read "l" }, Workspace)
  assert(pipe:close())
  if initialised then self:expect(0, "init") end
  return self
end

function Workspace:remove()
  must("chmod -R u+w " .. quote(self.folder) .. " && rm -rf " .. quote(self.folder))
end

function Workspace:path(name) return self.folder .. "/" .. name end
function Workspace:database() return self:path "data/biaochi.db" end

-- Writes a file of the folder, making the folders it lies in; gives its name.
function Workspace:write(name, text)
  local parent = name:match "^(.*)/[^/]*$"
  if parent then must("mkdir -p " .. quote(self:path(parent))) end
  support.write_file(self:path(name), text)
  return name
end

-- Writes `pack.lua`, or files by name, as the pack's folder; gives the folder's name.
function Workspace:write_pack(folder, files)
  if type(files) == "string" then files = { ["pack.lua"] = files } end
  for name, text in pairs(files) do self:write(folder .. "/" .. name, text) end
  return folder
end

-- Runs any shell command in the folder: { code, out, err }. One that hangs is an error.
function Workspace:shell(command)
  local out, err = os.tmpname(), os.tmpname()
  local line = ("cd %s && unset BIAOCHI_LANG BIAOCHI_WORKSPACE LANG LANGUAGE && export LC_ALL=C.UTF-8 && "
    .. "timeout -k 5 %d sh -c %s >%s 2>%s </dev/null"):format(
    quote(self.folder), seconds_at_most, quote(command), out, err)
  local _, how, code = os.execute(line)
  local result = { code = code, out = support.read_file(out), err = support.read_file(err) }
  os.remove(out)
  os.remove(err)
  if how == "signal" or code == 124 or code == 137 then
    error(("not done after %d s: %s\n%s"):format(seconds_at_most, command, result.err), 2)
  end
  return result
end

-- The shell's text of a call of the binary on a workspace's database.
function Workspace.command(_, ...)
  local words = { quote(support.binary) }
  for _, word in ipairs { ... } do words[#words + 1] = quote(tostring(word)) end
  words[#words + 1] = "--workspace data"
  return table.concat(words, " ")
end

function Workspace:run(...) return self:shell(self:command(...)) end

-- Runs the binary and insists on its exit code.
function Workspace:expect(code, ...)
  local result = self:run(...)
  if result.code ~= code then
    error(("exit code %d, not %d, of: biaochi %s\n%s%s"):format(
      result.code, code, table.concat({ ... }, " "), result.out, result.err), 2)
  end
  return result
end

-- Runs the binary with --format json, insists on its exit code, and gives what it printed.
function Workspace:json(code, ...)
  local words = { ... }
  words[#words + 1] = "--format"
  words[#words + 1] = "json"
  return support.decode(self:expect(code, table.unpack(words)).out)
end

-- What the sqlite3 command-line tool says of the database, without the last line's end.
function Workspace:sql(statement)
  local result = self:shell("sqlite3 -bail data/biaochi.db " .. quote(statement))
  if result.code ~= 0 then error(statement .. ": " .. result.err, 2) end
  return (result.out:gsub("\n$", ""))
end

-- Imports observations given as lines of CSV below the usual header.
function Workspace:observe(text, columns)
  self:write("observed.csv", (columns or "region,indicator,year,value") .. "\n" .. text)
  return self:expect(0, "import", "observed.csv")
end

-- As if a pack had declared the unit "health" of 临河区: a reporter has a unit.
function Workspace:declare_unit()
  self:sql "INSERT INTO unit (region, id, title) SELECT number, 'health', '卫健委' FROM region WHERE code = '150802'"
end

-- ---- a small region and its pack -------------------------------------------------------------

support.regions = [[
code,name,parent,level
150000,内蒙古自治区,,province
150800,巴彦淖尔市,150000,city
150802,临河区,150800,county
150821,五原县,150800,county
]]

support.pack_header = [[
pack { id = "office", title = "巴彦淖尔市", region = "150800", version = "1.0.0", api = 1, covers = "children" }
]]

-- Lines are counted on: spec files name the line of a rule.
support.pack = support.pack_header .. [[
data "income_male" { title = "男性收入", unit = "元", digits = 0 }
data "income_female" { title = "女性收入", unit = "元", digits = 0 }
fact "late" { title = "迟报次数", unit = "次", default = 0, digits = 0 }
local women = plan "women" { title = "妇女发展规划", from = 2021, to = 2030, baseline = 2020 }
women:domain "health" { title = "妇女与健康" } {
  indicator "mortality" { title = "孕产妇死亡率", unit = "1/10万", digits = 1, lead = "卫健委", target = at_most(12) },
  indicator "screening" { title = "宫颈癌筛查率", unit = "%", digits = 1, lead = "卫健委", target = at_least(70) },
  indicator "pay_gap" { title = "男女收入差距", unit = "%", digits = 1, lead = "人社局", target = narrows(),
    formula = function(income_male, income_female) return 100 * (income_male - income_female) / income_male end },
}
assessment "annual" { title = "年度考核", of = "region", points = 100, grades = { { 80, "良好" }, { 0, "不合格" } },
  item "targets" { title = "目标达标", points = 60,
    score = function(points, attainment_women) return proportion(points, attainment_women, 1) end },
  item "reporting" { title = "按时报送", points = 40, score = function(points, late) return deduct(points, 2 * late) end },
}
]]

-- A pack of 500 indicators, and the lines of a CSV file with 100,000 figures for them; the first is
-- the header.
support.wide_pack = support.pack_header .. [[
local women = plan "women" { title = "妇女发展规划", from = 2021, to = 2030, baseline = 2020 }
local figures = {}
for i = 1, 500 do
  figures[i] = indicator("figure" .. i) { title = "指标" .. i, unit = "%", lead = "卫健委", target = at_least(i) }
end
women:domain "all" { title = "全部" } (figures)
]]

function support.hundred_thousand_lines()
  local lines = { "region,indicator,year,value" }
  for _, region in ipairs { "150000", "150800", "150802", "150821" } do
    for figure = 1, 500 do
      for year = 1975, 2024 do lines[#lines + 1] = ("%s,figure%d,%d,%d.5"):format(region, figure, year, figure) end
    end
  end
  return lines
end

-- A workspace with the regions, and the small pack (or the one given) as its active pack.
function support.office(pack)
  local self = support.workspace()
  local made, problem = pcall(function()
    self:expect(0, "init")
    self:write("regions.csv", support.regions)
    self:expect(0, "import", "--table", "regions", "regions.csv")
    self:write_pack("office", pack or support.pack)
    self:expect(0, "pack", "activate", "office")
  end)
  if made then return self end
  self:remove()
  error(problem, 0)
end

return support
