local function with(headers, body) return "POST /api/v1/session HTTP/1.1\r\nHost: a\r\n" .. headers .. "\r\n" .. body end
local hidden = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"

return {
  about = "a body whose length two readers would see differently, with a second request in it",
  requests = {
    { raw = with("Content-Length: 0\r\nContent-Length: 37\r\n", hidden), status = 400 },
    { raw = with("Content-Length: 37\r\nContent-Length: 37\r\n", hidden), status = 400 },
    { raw = with("Content-Length: 37, 0\r\n", hidden), status = 400 },
    { raw = with("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n" .. hidden), status = 400, code = "bad_framing" },
    { raw = with("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", "0\r\n\r\n" .. hidden), status = 400, code = "bad_framing" },
    { raw = with("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", "0\r\n\r\n" .. hidden), status = 400,
      code = "bad_framing" },
    { raw = with("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n" .. hidden), status = 400, code = "bad_framing" },
    { raw = with("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n" .. hidden), status = 400, code = "bad_framing" },
    { raw = with("Transfer-Encoding : chunked\r\n", "0\r\n\r\n" .. hidden), status = 400 },
    { raw = with("Transfer-Encoding:\vchunked\r\n", "0\r\n\r\n" .. hidden), status = 400 },
    { raw = with("Content-Length: +37\r\n", hidden), status = 400 },
    { raw = with("Content-Length: -1\r\n", hidden), status = 400 },
    { raw = with("Content-Length: 0x25\r\n", hidden), status = 400 },
    { raw = with("Content-Length: 99999999999999999999\r\n", hidden), status = { 400, 413 } },
    { raw = with("Content-Length : 37\r\n", hidden), status = 400 },
    { raw = with("X: y\r\n Content-Length: 37\r\n", hidden), status = 400 },
  },
}
