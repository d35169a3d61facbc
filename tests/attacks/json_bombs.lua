local function put(body) return { method = "PUT", path = "/api/v1/observations", who = "office", body = body, status = 400, code = "usage" } end
local function figure(value, note)
  return ('{"observations":[{"region":"150802","indicator":"mortality","year":2024,"value":%s,"note":%s}]}'):format(value, note or "null")
end

local requests = {
  put(("["):rep(100000)), put(("["):rep(1 << 20)), put(('{"a":'):rep(100000)), put(("["):rep(100000) .. ("]"):rep(100000)),
  put '{"observations":[],"observations":[{}]}', put '{"observations":1e99999}', put '{"observations":-1e99999}',
  put(("{\"observations\":%s}"):format(("9"):rep(500000))), put '{"observations":NaN}', put '{"observations":Infinity}',
  put '{"observations":0x10}', put '{"observations":01}', put "{'observations':[]}", put '{"observations":[],}',
  put '{"observations":[]} {}', put '{"observations":[]}\0', put '\0', put "", put "\239\187\191{}", put '"\\ud800"', put '"\\udc00\\ud800"',
  put '"\\u0000"', put '"\255"', put '"\192\175"', put '"\237\160\128"', put '"\244\144\128\128"', put '"\1"', put '"\n"',
  put '{"\\u0000":1}', put('{"a":"' .. ("标"):rep(300) .. "}"), put(("标"):rep(300)), put '{"observations":{}}', put '{"observations":null}',
  put "[]", put "17", put "null", put "true", put '"text"',
  put("{\"observations\":[" .. ("{},"):rep(20000) .. "{}]}"),
}
for _, body in ipairs { figure "14.3", figure "1e400", figure '"1e400"', figure '"0x1p3"', figure '"NaN"', figure '"-Infinity"',
  figure '"1 2"', figure '"１"', figure('"' .. ("9"):rep(400000) .. '"'), figure "[]", figure('"1"', "[]"),
  figure('"1"', '"\\u0007"'), figure('"1"', '"\\u0085"'), '{"observations":[1,2]}', '{"observations":[[]]}', '{"observations":[null]}',
  '{"observations":[{"region":"150802","indicator":"mortality","year":20240000000000000000,"value":"1"}]}',
  '{"observations":[{"region":"150802","indicator":"mortality","year":4294969320,"value":"1"}]}',
  '{"observations":[{"region":"150802","indicator":"mortality","year":2024.0,"value":"1"}]}',
  '{"observations":[{"region":"150802","indicator":"mortality","year":2024,"value":"1","who":"user.leader"}]}',
  '{"observations":[{"region":"150802","indicator":"mortality","year":2024,"value":"1","revision":99}]}',
} do
  requests[#requests + 1] = { method = "PUT", path = "/api/v1/observations", who = "office", body = body, status = { 400, 422 } }
end

return { about = "JSON that is deep, huge, doubled, out of range or no text", requests = requests }
