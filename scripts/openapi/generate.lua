-- Puts scripts/openapi/openapi.json together from the files beside it. From the repository's root:
--   lua5.4 scripts/openapi/generate.lua [--check]
-- With --check nothing is written; the exit code says whether the file is up to date.

package.path = "scripts/openapi/?.lua;" .. package.path
local S = require "schema"
local common = require "common"

local out = "scripts/openapi/openapi.json"
local resources = { "health", "session", "tokens", "accounts", "regions", "observations", "imports", "exports",
  "samples", "packs", "candidates", "impact", "results", "runs", "explanations", "analyses", "warnings", "rounds", "audit",
  "events", "openapi" }

-- ---- JSON ------------------------------------------------------------------------------------

local escapes = { ['"'] = '\\"', ["\\"] = "\\\\", ["\n"] = "\\n", ["\t"] = "\\t", ["\r"] = "\\r" }

local function sorted_keys(object)
  local keys = {}
  for key in pairs(object) do keys[#keys + 1] = tostring(key) end
  table.sort(keys)
  return keys
end

local write

-- What is short stands on one line.
local function enclose(open, parts, close, indent)
  local line = open .. table.concat(parts, ", ") .. close
  if #line + #indent <= 110 and not line:find "\n" then return line end
  local inner = "\n" .. indent .. " "
  return open .. inner .. table.concat(parts, "," .. inner) .. "\n" .. indent .. close
end

local function write_members(value, indent)
  local inner, parts = indent .. " ", {}
  if #value > 0 then
    for i, element in ipairs(value) do parts[i] = write(element, inner) end
    return enclose("[", parts, "]", indent)
  end
  for _, key in ipairs(sorted_keys(value)) do
    parts[#parts + 1] = write(key, inner) .. ": " .. write(value[key], inner)
  end
  return enclose("{", parts, "}", indent)
end

-- Members in order of name, so that the same description gives the same bytes.
function write(value, indent)
  if value == S.null then return "null" end
  if value == S.empty then return "[]" end
  if type(value) == "string" then return '"' .. value:gsub('[%c"\\]', escapes) .. '"' end
  if type(value) ~= "table" then return tostring(value) end
  return write_members(value, indent)
end

-- ---- operations ------------------------------------------------------------------------------

local function parameter(where, name, about)
  return { name = name, ["in"] = where, schema = about[1], description = about[2], example = about.example,
    required = (where == "path" or about.required) and true or nil }
end

local function parameters_of(operation, path)
  local all = {}
  for name in path:gmatch "{(%l+)}" do
    all[#all + 1] = parameter("path", name, common.path_parameters[name] or error("no path parameter " .. name))
  end
  for _, name in ipairs(sorted_keys(operation.query or {})) do
    all[#all + 1] = parameter("query", name, operation.query[name])
  end
  if operation.fresh then
    all[#all + 1] = parameter("header", "If-None-Match", { S.text, "the ETag of an earlier answer" })
  end
  return #all > 0 and all or nil
end

local function content_of(contents)
  local content = {}
  for type, about in pairs(contents) do
    content[type] = { schema = about[1], example = about.example, ["x-events"] = about.events }
  end
  return content
end

local retry = { ["Retry-After"] = { schema = S.count, description = "seconds" } }
local tag = { ETag = { schema = S.text } }

local function failure(status, schema)
  return { description = common.meanings[status], headers = (status == 429 or status == 503) and retry or nil,
    content = { ["application/json"] = { schema = S.ref(schema) } } }
end

-- Those with the usual schema stand once in the document.
local shared_failures = {}

local function failure_of(operation, status)
  if operation.refusal then return failure(status, operation.refusal) end
  local name = "Failure" .. status
  shared_failures[name] = failure(status, "Error")
  return { ["$ref"] = "#/components/responses/" .. name }
end

-- Every operation may be refused before it begins, for these reasons.
local function usual_failures(operation, method)
  local statuses = { 400, 500, 503 }
  if operation.right ~= "open" then table.move({ 401, 403 }, 1, 2, #statuses + 1, statuses) end
  if operation.right == "open" and method ~= "GET" then statuses[#statuses + 1] = 403 end
  if method ~= "GET" then statuses[#statuses + 1] = 413 end
  if operation.body then statuses[#statuses + 1] = 415 end
  return statuses
end

local function answers_of(operation, method)
  local answers = {}
  for _, status in ipairs(usual_failures(operation, method)) do
    answers[tostring(status)] = failure_of(operation, status)
  end
  for _, status in ipairs(operation.errors or {}) do answers[tostring(status)] = failure_of(operation, status) end
  for status, contents in pairs(operation.answers) do
    answers[tostring(status)] = { description = contents.means or common.meanings[status], content = content_of
      (contents.schema and { ["application/json"] = { contents.schema } } or contents.content),
      headers = operation.fresh and tag or nil }
  end
  if operation.fresh then answers["304"] = { description = common.meanings[304], headers = tag } end
  return answers
end

-- Who may ask: a session, which says with X-CSRF-Token that a change is its own wish, or a token.
local function security_of(operation, method)
  if operation.right == "open" then return S.empty end
  local ways = { { session = S.empty, csrf = method ~= "GET" and S.empty or nil } }
  if operation.by_token ~= false then ways[2] = { token = S.empty } end
  return ways
end

local function operation_of(resource, key)
  local operation, method, path = resource.operations[key], key:match "^(%u+) (/.*)$"
  local body = operation.body and { required = not operation.body_optional, content = content_of(operation.body) }
  return method:lower(), path, {
    operationId = operation.id, summary = operation.does, ["x-summary-zh"] = operation.zh,
    description = operation.more, tags = { resource.tag }, parameters = parameters_of(operation, path),
    requestBody = body, responses = answers_of(operation, method), security = security_of(operation, method),
    ["x-action"] = operation.right, ["x-place"] = operation.place,
  }
end

-- ---- the whole -------------------------------------------------------------------------------

local function add_all(to, from, what)
  for name, value in pairs(from or {}) do
    if to[name] then error(what .. " is there twice: " .. name) end
    to[name] = value
  end
end

-- The program's.
local function version()
  local file = assert(io.open("CMakeLists.txt", "r"))
  local text = file:read "a"
  file:close()
  return assert(text:match "project%(biaochi VERSION ([%d.]+)")
end

local function document()
  local schemas, paths, tags, ids = {}, {}, {}, {}
  add_all(schemas, common.schemas, "schema")
  for _, name in ipairs(resources) do
    local resource = require(name)
    add_all(schemas, resource.schemas, "schema")
    tags[#tags + 1] = { name = resource.tag, description = resource.about, ["x-description-zh"] = resource.zh }
    for key in pairs(resource.operations) do
      local method, path, operation = operation_of(resource, key)
      paths[path] = paths[path] or {}
      add_all(ids, { [operation.operationId] = true }, "operationId")
      add_all(paths[path], { [method] = operation }, path)
    end
  end
  return { openapi = "3.1.0", info = S.with(common.info, { version = version() }), tags = tags, paths = paths,
    components = { schemas = schemas, responses = shared_failures, securitySchemes = common.security_schemes } }
end

local text = write(document(), "") .. "\n"
if arg[1] == "--check" then
  local file = io.open(out, "rb")
  local stored = file and file:read "a"
  if stored == text then os.exit(0) end
  io.stderr:write(out .. " is out of date: lua5.4 scripts/openapi/generate.lua\n")
  os.exit(1)
end
local file = assert(io.open(out, "wb"))
assert(file:write(text))
assert(file:close())
