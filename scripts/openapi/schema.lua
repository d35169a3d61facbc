-- Words for JSON schemas (draft 2020-12, as OpenAPI 3.1 has them): what the resources' files are written in.

local S = {}

-- Stands for JSON's null, and for an array that has no elements.
S.null = setmetatable({}, { __name = "null" })
S.empty = setmetatable({}, { __name = "empty" })

-- The schema with more members: with(S.count, { description = … }).
function S.with(schema, members)
  local copy = {}
  for key, value in pairs(schema) do copy[key] = value end
  for key, value in pairs(members) do copy[key] = value end
  return copy
end

S.text = { type = "string" }
S.boolean = { type = "boolean" }
S.integer = { type = "integer" }
S.number = { type = "number" }
S.any = {}
S.count = { type = "integer", minimum = 0 }
S.id = { type = "integer", minimum = 1 }
S.year = { type = "integer", minimum = 1900, maximum = 2200 }
S.time = { type = "string", format = "date-time", pattern = "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$",
  description = "RFC 3339, in UTC" }
S.hash = { type = "string", pattern = "^[0-9a-f]{64}$" }
S.code = { type = "string", minLength = 1, description = "code of an administrative region" }

function S.ref(name) return { ["$ref"] = "#/components/schemas/" .. name } end
function S.one_of_names(...) return { type = "string", enum = { ... } } end
function S.list(items) return { type = "array", items = items } end
function S.map(values) return { type = "object", additionalProperties = values } end

-- A value before and one after, or of two sides.
function S.pair(items) return { type = "array", items = items, minItems = 2, maxItems = 2 } end

-- The schema, or null.
function S.maybe(schema)
  if type(schema.type) ~= "string" then return { anyOf = { schema, { type = "null" } } } end
  local copy = S.with(schema, { type = { schema.type, "null" } })
  if schema.enum then
    copy.enum = { table.unpack(schema.enum) }
    copy.enum[#copy.enum + 1] = S.null
  end
  return copy
end

-- An object of these members and no others. A name that ends with "?" may be left out. `rest`, if given,
-- is what further members are.
function S.object(members, rest)
  local properties, required = {}, {}
  for name, schema in pairs(members) do
    local bare = name:match "^(.-)%?$"
    properties[bare or name] = schema
    if not bare then required[#required + 1] = name end
  end
  table.sort(required)
  return {
    type = "object",
    properties = next(properties) and properties or nil,
    required = #required > 0 and required or nil,
    additionalProperties = rest or false,
  }
end

-- The members of one object and more, as a new object.
function S.extend(members, more)
  return S.with(members, more)
end

return S
