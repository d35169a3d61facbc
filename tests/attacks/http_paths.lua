local requests = {}
for path, status in pairs {
  ["/../../etc/passwd"] = 400, ["/api/v1/packs/.."] = 400, ["/api/v1/packs/../accounts"] = 400,
  ["/api/v1/packs/%2e%2e/accounts"] = 400, ["/api/v1/packs/%2E%2E"] = 400, ["/./api/v1/packs"] = 400,
  ["//api/v1/packs"] = 400, ["/api//v1/packs"] = 400, ["/api/v1/packs/office%2f..%2f..%2faccounts"] = 400,
  ["/api/v1/packs/office%00"] = 400, ["/api/v1/packs/%"] = 400, ["/api/v1/packs/%zz"] = 400, ["/api/v1/packs/%c0%ae%c0%ae"] = 400,
  ["/api/v1/packs/%ff"] = 400, ["/api/v1/packs/%0d%0aX:y"] = 400, ["/api/v1/packs/%1b[31m"] = 400,
  ["/api/v1/packs/%c2%85"] = 400, ["/api/v1/packs/%252e%252e"] = 404, ["/api/v1/packs/..%5c..%5caccounts"] = 404,
  ["/api/v1/packs/..\\..\\accounts"] = 404, ["/api/v1/packs/...."] = 404, ["/api/v1/packs/office;x=y"] = 404,
  ["/api/v1/packs/OFFICE"] = 404, ["/api/v1/packs/office."] = 404, ["/api/v1/packs/office%20"] = 404,
  ["/API/V1/packs"] = 404, ["/.git/config"] = 404, ["/data/biaochi.db"] = 404, ["/api/v1/packs/file:%2f%2f"] = 400,
} do
  requests[#requests + 1] = { path = path, who = "administrator", status = status,
    code = status == 400 and "bad_target" or "not_found" }
end

return { about = "paths that lead elsewhere: dots, escapes, backslashes, doubled slashes, other cases", requests = requests }
