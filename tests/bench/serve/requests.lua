-- What wrk asks: the paths of a file in turn, and at the end one line of JSON. Used by run.lua.

local requests = {}
local next_request = 0

-- Not before: wrk has named the host by now.
function init()
  for path in io.lines(os.getenv "BENCH_PATHS") do
    requests[#requests + 1] = wrk.format("GET", path, {
      Host = wrk.headers.Host,
      Authorization = "Bearer " .. os.getenv "BENCH_TOKEN",
      ["Accept-Language"] = "en",
      ["If-None-Match"] = os.getenv "BENCH_TAG",
    })
  end
end

function request()
  next_request = next_request % #requests + 1
  return requests[next_request]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(("\n{\"rate\":%.1f,\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"failed\":%d}\n"):format(
    summary.requests / summary.duration * 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
