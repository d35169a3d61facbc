local head = "POST /api/v1/session HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"

return {
  about = "clients that wait to be told to go on, or expect something else",
  requests = {
    { raw = head .. "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n{}", status = 400, code = "usage" },
    { raw = head .. "Expect: 100-continue\r\nContent-Length: 5000\r\n\r\n", status = 413, code = "body_too_large" },
    { raw = head .. "Expect: 200-maybe\r\nContent-Length: 2\r\n\r\n{}", status = 417, code = "unknown_expectation" },
    { raw = head .. "Expect: 100-continue\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n{}", status = 400,
      code = "repeated_header" },
  },
}
