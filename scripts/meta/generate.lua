-- Makes the editor stubs and the reference in the author's guide from the table of the pack API.
--
--   lua5.4 scripts/meta/generate.lua           writes what has changed
--   lua5.4 scripts/meta/generate.lua --check   writes nothing; fails and names what has drifted
--
-- Runs from any folder; needs nothing but Lua.

local root = arg[0]:match "^(.*)scripts/meta/generate%.lua$"
if not root then error("run me by my path: lua5.4 scripts/meta/generate.lua", 0) end

local function load_file(path, ...)
  return assert(loadfile(root .. path))(...)
end

local api = load_file "scripts/std/api.lua"
local make_stubs = load_file "scripts/meta/stubs.lua"
local make_reference = load_file "scripts/meta/reference.lua"

local BEGIN, END = "<!-- reference:begin -->", "<!-- reference:end -->"

local function read(path)
  local file = io.open(root .. path, "rb")
  if not file then return nil end
  local text = file:read "a"
  file:close()
  return text
end

local function write(path, text)
  local file = assert(io.open(root .. path, "wb"))
  assert(file:write(text))
  assert(file:close())
end

-- The guide with its reference section replaced.
local function with_reference(path, language)
  local text = read(path) or error(path .. " is missing", 0)
  local _, begin_last = text:find(BEGIN, 1, true)
  local end_first = text:find(END, 1, true)
  if not begin_last or not end_first or end_first < begin_last then
    error(("%s has no section between %s and %s"):format(path, BEGIN, END), 0)
  end
  return text:sub(1, begin_last) .. "\n\n" .. make_reference(api, language) .. "\n" .. text:sub(end_first)
end

local wanted = {
  { path = "scripts/meta/biaochi.lua", text = make_stubs(api) },
  { path = "plugins/README.md", text = with_reference("plugins/README.md", "zh") },
  { path = "plugins/README.en.md", text = with_reference("plugins/README.en.md", "en") },
}

local drifted = {}
for _, file in ipairs(wanted) do
  if read(file.path) ~= file.text then drifted[#drifted + 1] = file end
end

if arg[1] == "--check" then
  for _, file in ipairs(drifted) do
    io.stderr:write(file.path, " does not match scripts/std/api.lua: run lua5.4 scripts/meta/generate.lua\n")
  end
  os.exit(#drifted == 0)
elseif arg[1] then
  error("generate.lua takes --check or nothing", 0)
end

for _, file in ipairs(drifted) do
  write(file.path, file.text)
  print("wrote " .. file.path)
end
