-- Sample observations of a pack, from a seed: lua5.4 scripts/samples/generate.lua [OPTIONS] FOLDER…
--
-- Writes FOLDER/data/observations.csv, every row of kind "sample", from what the pack declares, its
-- data/regions.csv, its data/published.csv (what was really published is not made up again) and hints in
-- data/sample.lua. The same pack and seed give the same bytes. scripts/README.md says what hints there are.
--
--   --check            write nothing; exit code 1 where a file is not what would be written
--   --seed N           another seed than the hints' (default 1)
--   --biaochi PROGRAM  the program that reads packs (default $BIAOCHI_BINARY, else build/biaochi)

package.path = (arg[0]:match "^(.*/)" or "./") .. "?.lua;" .. package.path

local json = require "dkjson" -- of lua-dkjson, which busted needs too
local csv = require "csv"
local description = require "description"
local series_of = require "series"

local function read_file(path)
  local file = io.open(path, "rb")
  if not file then return nil end
  local text = file:read "a"
  file:close()
  return text
end

local function fail(...)
  io.stderr:write("generate: ", string.format(...), "\n")
  os.exit(2)
end

local function quote(text) return "'" .. text:gsub("'", "'\\''") .. "'" end

local function show_pack(program, folder)
  local pipe = assert(io.popen(("%s pack show %s --format json"):format(quote(program), quote(folder)), "r"))
  local text = pipe:read "a"
  if not pipe:close() then fail("%s pack show %s failed:\n%s", program, folder, text) end
  local whole, _, problem = json.decode(text)
  return whole or fail("%s: %s", folder, problem)
end

local function read_hints(folder)
  local path = folder .. "/data/sample.lua"
  local text = read_file(path)
  if not text then return {} end
  local chunk, problem = load(text, "@" .. path, "t", {})
  if not chunk then fail("%s", problem) end
  return chunk() or {}
end

-- The pack's region, those of regions.csv below it as far as it covers them, and those `beside` it that it is
-- compared with.
local function covered_regions(pack, rows, beside)
  local by_code, regions = {}, {}
  for _, row in ipairs(rows) do by_code[row.code] = row end
  for _, row in ipairs(rows) do
    local depth, at = 0, row
    while at and at.code ~= pack.region do depth, at = depth + 1, by_code[at.parent] end
    local most = pack.covers == "subtree" and math.huge or pack.covers == "children" and 1 or 0
    if at and depth <= most then regions[#regions + 1] = { code = row.code, level = row.level, own = depth == 0 } end
  end
  for _, code in ipairs(beside or {}) do
    regions[#regions + 1] = { code = code, level = (by_code[code] or {}).level, beside = true }
  end
  if #regions == 0 then regions[1] = { code = pack.region, level = "county", own = true } end
  table.sort(regions, function(a, b) return a.code < b.code end)
  return regions
end

-- What was published: by series and region, and the newest year.
local function published_figures(folder)
  local known, newest = {}, nil
  for _, row in ipairs(csv.read(read_file(folder .. "/data/published.csv") or "")) do
    known[row.indicator .. "/" .. row.region .. "/" .. row.breakdown .. "/" .. row.year] = true
    known[row.indicator .. "/" .. row.region] = true
    newest = math.max(newest or 0, math.tointeger(tonumber(row.year)) or 0)
  end
  return known, newest
end

local function order(a, b)
  for _, key in ipairs { "region", "indicator", "breakdown", "year" } do
    if a[key] ~= b[key] then return a[key] < b[key] end
  end
  return false
end

local function generate(folder, options)
  local whole = description.read(show_pack(options.program, folder))
  local hints = read_hints(folder)
  local known, newest = published_figures(folder)
  local seed = options.seed or hints.seed or 1
  local rows = series_of.all(whole, hints, {
    seed = seed, known = known, newest = newest,
    regions = covered_regions(whole.pack, csv.read(read_file(folder .. "/data/regions.csv") or ""), hints.beside),
  })
  table.sort(rows, order)
  local lines = { "region,indicator,breakdown,year,value,kind,source,note\n" }
  for _, row in ipairs(rows) do
    lines[#lines + 1] = csv.line { row.region, row.indicator, row.breakdown, tostring(row.year), row.value, "sample",
      ("样例生成（种子 %d）"):format(seed), "样例数据，非公布数" }
  end
  return table.concat(lines), #rows
end

local function take_options()
  local options, folders = { program = os.getenv "BIAOCHI_BINARY" or "build/biaochi" }, {}
  local at = 1
  while arg[at] do
    if arg[at] == "--check" then
      options.check = true
    elseif arg[at] == "--seed" or arg[at] == "--biaochi" then
      if not arg[at + 1] then fail("%s needs a value", arg[at]) end
      if arg[at] == "--seed" then
        options.seed = math.tointeger(tonumber(arg[at + 1])) or fail("--seed takes a whole number, not %s", arg[at + 1])
      else
        options.program = arg[at + 1]
      end
      at = at + 1
    elseif arg[at]:sub(1, 2) == "--" then
      fail("unknown option %s", arg[at])
    else
      folders[#folders + 1] = (arg[at]:gsub("/+$", ""))
    end
    at = at + 1
  end
  if #folders == 0 then fail "usage: generate.lua [--check] [--seed N] [--biaochi PROGRAM] FOLDER…" end
  return options, folders
end

local options, folders = take_options()
local same = true
for _, folder in ipairs(folders) do
  local path = folder .. "/data/observations.csv"
  local text, count = generate(folder, options)
  if options.check then
    local good = read_file(path) == text
    if not good then io.stderr:write(path, ": is not what the pack, its hints and the seed give; generate it again\n") end
    same = same and good
  else
    local file = assert(io.open(path, "wb"))
    assert(file:write(text))
    assert(file:close())
    print(("%s: %d sample observations"):format(path, count))
  end
end
os.exit(same and 0 or 1)
