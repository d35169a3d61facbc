local requests = {}
for _, header in ipairs { "Authorization: Bearer bc_1_x", "Cookie: a=b", "Content-Type: text/csv", "Origin: http://a",
  "Content-Encoding: gzip", 'If-None-Match: "x"' } do
  requests[#requests + 1] = { raw = ("GET /healthz HTTP/1.1\r\nHost: a\r\n%s\r\n%s\r\n\r\n"):format(header, header:upper()),
    status = 400, code = "repeated_header" }
end

return { about = "headers of which one reader believes the first and another the last", requests = requests }
