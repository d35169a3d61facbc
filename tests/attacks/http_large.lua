local function headers(text) return "GET /healthz HTTP/1.1\r\nHost: a\r\n" .. text .. "\r\n" end

return {
  about = "lines, headers and bodies that are too large or too many",
  requests = {
    { raw = "GET /" .. ("a"):rep(5000) .. " HTTP/1.1\r\nHost: a\r\n\r\n", status = 414 },
    { raw = "GET /" .. ("a"):rep(200000) .. " HTTP/1.1\r\nHost: a\r\n\r\n", status = 414 },
    { raw = headers("X: " .. ("a"):rep(9000) .. "\r\n"), status = 431 },
    { raw = headers("X: " .. ("a"):rep(300000) .. "\r\n"), status = 431 },
    { raw = headers(("X: y\r\n"):rep(150)), status = 431 },
    { raw = headers(("X: y\r\n"):rep(20000)), status = 431 },
    { raw = headers("Cookie: " .. ("a=b; "):rep(2000) .. "\r\n"), status = 431 },
    { method = "GET", path = "/healthz?" .. ("a=b&"):rep(3) .. "c=d", status = 400, code = "bad_target" },
    { method = "POST", path = "/api/v1/session", body = ("x"):rep(5000), status = 413, code = "body_too_large" },
    { method = "POST", path = "/api/v1/session", body = ("x"):rep(3000000), status = 413, code = "body_too_large" },
    { method = "GET", path = "/healthz", body = ("x"):rep(2000000), status = 413, code = "body_too_large" },
  },
}
