local function with(chunks)
  return "POST /api/v1/session HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n" .. chunks
end

return {
  about = "chunks whose sizes are none, too large or contradicted",
  requests = {
    { raw = with "g\r\n{}\r\n0\r\n\r\n", status = 400 },
    { raw = with "-2\r\n{}\r\n0\r\n\r\n", status = 400 },
    { raw = with "+2\r\n{}\r\n0\r\n\r\n", status = 400 },
    { raw = with "0x2\r\n{}\r\n0\r\n\r\n", status = 400 },
    { raw = with "\r\n{}\r\n0\r\n\r\n", status = 400 },
    { raw = with "1\r\n{}\r\n0\r\n\r\n", status = 400 },
    { raw = with("ffffffffffffffff\r\n" .. ("x"):rep(5000)), status = 413, code = "body_too_large" },
    { raw = with "10000000000000002\r\n{}\r\n0\r\n\r\n", status = { 400, 413 } },
    { raw = with(("0"):rep(5000) .. "2\r\n{}\r\n0\r\n\r\n"), status = { 400, 413 } },
    -- Trailers are no headers: they neither log in nor name another host.
    { raw = with "2\r\n{}\r\n0\r\nAuthorization: Bearer bc_1_x\r\nHost: b\r\nContent-Length: 99\r\n\r\n", status = 400 },
    -- More than a login may be, one byte a chunk.
    { raw = with(("1\r\nx\r\n"):rep(5000) .. "0\r\n\r\n"), status = 413, code = "body_too_large" },
  },
}
