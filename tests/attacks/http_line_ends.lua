return {
  about = "lines that end without a carriage return, go on in the next one or hold a NUL",
  requests = {
    { raw = "GET /healthz HTTP/1.1\nHost: a\n\n", status = 400 },
    { raw = "GET /healthz HTTP/1.1\r\nHost: a\nX: y\r\n\r\n", status = 400 },
    { raw = "GET /healthz HTTP/1.1\r\nHost: a\rX: y\r\n\r\n", status = 400 },
    { raw = "GET /healthz HTTP/1.1\r\nHost: a\r\nX: y\r\n z\r\n\r\n", status = 400 },
    { raw = "GET /healthz HTTP/1.1\r\nHost: a\r\nX: y\r\n\tz\r\n\r\n", status = 400 },
    { raw = "GET /healthz HTTP/1.1\r\n Host: a\r\n\r\n", status = 400 },
    { raw = "GET /healthz HTTP/1.1\r\nHost: a\r\nX : y\r\n\r\n", status = 400 },
    { raw = "GET /healthz HTTP/1.1\r\nHost: a\r\nX\0: y\r\n\r\n", status = 400 },
    { raw = "GET /healthz HTTP/1.1\r\nHost: a\r\nX: \0y\r\n\r\n", status = 400 },
    { raw = "GET /healthz HTTP/1.1\r\nHost: a\r\nX: \1y\r\n\r\n", status = 400 },
    { raw = "GET /healthz HTTP/1.1\r\nHost: a\r\n: y\r\n\r\n", status = 400 },
    { raw = "GET /healthz HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n", status = 400 },
    { raw = "GET /health\0z HTTP/1.1\r\nHost: a\r\n\r\n", status = 400 },
  },
}
