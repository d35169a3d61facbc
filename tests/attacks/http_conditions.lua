return {
  about = "conditions, ranges and preferences that are garbage",
  requests = {
    { path = "/api/v1/packs/office", who = "office", headers = { "If-None-Match: " .. ('"'):rep(3001) }, status = 200 },
    { path = "/api/v1/packs/office", who = "office", headers = { 'If-None-Match: W/"' }, status = 200 },
    { path = "/api/v1/packs/office", who = "office", headers = { "If-None-Match: \255\254" }, status = 200 },
    { path = "/api/v1/packs/office", who = "office", headers = { "If-Modified-Since: yesterday", "If-Match: *",
      "If-Range: x", "Range: bytes=-1,0-,5-2,99999999999999999999-" }, status = 200 },
    { path = "/api/v1/packs/office", who = "office", headers = { "Range: bytes=" .. ("0-,"):rep(1500) }, status = 200 },
    { path = "/api/v1/packs/office", who = "office", headers = { "Accept-Encoding: " .. ("gzip;q=0."):rep(500) }, status = 200 },
    { path = "/api/v1/packs/office", who = "office", headers = { "Accept-Encoding: gzip;q=1e999, *;q=nan" }, status = 200 },
    { path = "/api/v1/nothing", headers = { "Accept-Language: " .. ("zh-"):rep(2000) }, status = 404, code = "not_found" },
    { path = "/api/v1/nothing", headers = { "Accept-Language: " .. ("zh;q=0.1,"):rep(800) }, status = 404, code = "not_found" },
    { path = "/api/v1/nothing", headers = { "Accept-Language: ;;;,,,;q=;q=-1,zh;q=inf" }, status = 404, code = "not_found" },
    { path = "/api/v1/nothing", headers = { "Accept: ../../etc/passwd" }, status = 404, code = "not_found" },
  },
}
