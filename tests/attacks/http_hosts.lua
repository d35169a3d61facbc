return {
  about = "hosts that are missing, doubled or no names",
  requests = {
    { raw = "GET /healthz HTTP/1.1\r\n\r\n", status = 400 },
    { raw = "GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", status = 400, code = "bad_host" },
    { raw = "GET /healthz HTTP/1.1\r\nHost: \r\n\r\n", status = 400, code = "bad_host" },
    { raw = "GET /healthz HTTP/1.1\r\nHost: a b\r\n\r\n", status = 400, code = "bad_host" },
    { raw = "GET /healthz HTTP/1.1\r\nHost: a/../b\r\n\r\n", status = 400, code = "bad_host" },
    { raw = "GET /healthz HTTP/1.1\r\nHost: a@b\r\n\r\n", status = 400, code = "bad_host" },
    { raw = "GET /healthz HTTP/1.1\r\nHost: \228\184\173\r\n\r\n", status = 400, code = "bad_host" },
    { raw = "GET /healthz HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n", status = 400, code = "bad_host" },
  },
}
