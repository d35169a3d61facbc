-- The little of CSV that data files of packs need (RFC 4180).

local csv = {}

-- Rows by header name.
function csv.read(text)
  text = text:gsub("^\u{FEFF}", ""):gsub("\r\n", "\n")
  local records, record, at = {}, {}, 1
  while at <= #text do
    local field
    if text:sub(at, at) == '"' then
      local from = at + 1
      repeat
        at = assert(text:find('"', at + 1, true), "a quoted field has no end")
        local doubled = text:sub(at + 1, at + 1) == '"'
        if doubled then at = at + 1 end
      until not doubled
      field, at = text:sub(from, at - 1):gsub('""', '"'), at + 1
    else
      field, at = text:match("^([^,\n]*)()", at)
    end
    record[#record + 1] = field
    if text:sub(at, at) ~= "," then records[#records + 1], record = record, {} end
    at = at + 1
  end
  local header, rows = table.remove(records, 1) or {}, {}
  for i, fields in ipairs(records) do
    rows[i] = {}
    for k, name in ipairs(header) do rows[i][name] = fields[k] or "" end
  end
  return rows
end

local function quoted(field)
  return field:find '[",\n]' and '"' .. field:gsub('"', '""') .. '"' or field
end

-- One line, with its end.
function csv.line(fields)
  local texts = {}
  for i, field in ipairs(fields) do texts[i] = quoted(field) end
  return table.concat(texts, ",") .. "\n"
end

return csv
