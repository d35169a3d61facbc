-- ./dev bench-serve: fills workspaces, starts the server and its rival, has serve_bench and wrk ask them, and
-- prints what was found. See tests/bench/README.md.

local json = require "dkjson"

local folder = "build/bench-serve"
local asked = table.concat(arg, " ")
local full = not asked:find("--quick", 1, true)
local only = asked:match "%-%-only (%a+)" -- changes, memory, rates, reloads
local counts = full and { reloads = 100, storm = 200, changes = 200, rounds = 5, seconds = 3 }
  or { reloads = 10, storm = 30, changes = 50, rounds = 3, seconds = 1 }
local sizes = { 100, 1000, 2900 }
local server_port, rival_port = 18080, 18081

-- ---- the shell --------------------------------------------------------------------------------

local function sh(command, ...)
  local text = command:format(...)
  local pipe = assert(io.popen(text))
  local output = pipe:read "a"
  if not pipe:close() then error("failed: " .. text, 2) end
  return (output:gsub("\n$", ""))
end

local function exists(path)
  local file = io.open(path)
  return file ~= nil and file:close()
end

local function read_file(path)
  local file = assert(io.open(path))
  local text = file:read "a"
  file:close()
  return text
end

local function write_file(path, text)
  local file = assert(io.open(path, "w"))
  file:write(text)
  file:close()
end

local function say(...) io.stderr:write(string.format(...), "\n") end

-- ---- workspaces -------------------------------------------------------------------------------

local function workspace_of(size) return ("%s/workspace-%d"):format(folder, size) end
local function nation_of(size) return ("%s/nation-%d"):format(folder, size) end

-- Files of an import have a greatest size; every part has the heading.
local split = [[awk -v out='%s/part' 'NR == 1 { head = $0; next }
  { file = out "-" int((NR - 2) / 1500000) ".csv"; if (file != last) { print head > file; last = file }; print > file }' %s]]

local function add_account(biaochi, name, role, scopes)
  sh("%s user add %s --role %s --format json", biaochi, name, role)
  local made = json.decode(sh("%s user token add %s --name bench --scopes %s --format json", biaochi, name, scopes))
  return made[1].text
end

-- Made once; every run takes a copy.
local function make_workspace(size)
  local workspace, nation = workspace_of(size), nation_of(size)
  if exists(workspace .. "/tokens.json") then return end
  say("making a workspace of %d regions", size)
  sh("rm -rf %s %s", workspace, nation)
  sh("build/biaochi bench --against limit --rounds 1 --regions %d --export %s", size, nation)
  local biaochi = "build/biaochi --workspace " .. workspace
  sh("%s init && %s import --table regions %s/regions.csv && %s pack activate %s/pack", biaochi, biaochi, nation,
    biaochi, nation)
  sh(split, nation, nation .. "/observations.csv")
  sh("for part in %s/part-*.csv; do %s import $part || exit 1; done", nation, biaochi)
  sh("rm %s/*.csv", nation)
  local tokens = {
    data = add_account(biaochi, "bench.data", "office", "read,data"),
    packs = add_account(biaochi, "bench.packs", "administrator", "read,packs"),
  }
  write_file(workspace .. "/tokens.json", json.encode(tokens))
end

-- ---- the server -------------------------------------------------------------------------------

local function wait_for(port, path)
  sh("for i in $(seq 600); do curl -sf -o /dev/null http://127.0.0.1:%d%s && exit 0; sleep 0.1; done; exit 1", port, path)
end

local running = {} -- processes that were started here

local function start(command, ...)
  local process = sh(command .. " & echo $!", ...)
  running[process] = true
  return process
end

local function stop(process)
  running[process] = nil
  sh("kill %s; while kill -0 %s 2>/dev/null; do sleep 0.1; done", process, process)
end

local function start_server(size)
  local server = { size = size, port = server_port, workspace = folder .. "/run", packs = folder .. "/packs" }
  sh("rm -rf %s %s && cp -r %s %s && mkdir %s", server.workspace, server.packs, workspace_of(size), server.workspace,
    server.packs)
  server.tokens = json.decode(read_file(server.workspace .. "/tokens.json"))
  server.process = start("build/biaochi --workspace %s serve --listen 127.0.0.1:%d --packs %s 2>%s/serve.log >/dev/null",
    server.workspace, server.port, server.packs, folder)
  wait_for(server.port, "/readyz")
  return server
end

local function measure(server, name, token, values)
  local words = {}
  for key, value in pairs(values) do words[#words + 1] = key .. "=" .. value end
  return json.decode(sh("build/tests/bench/serve_bench %s port=%d token=%s pack=%s/pack/pack.lua packs=%s process=%s %s",
    name, server.port, server.tokens[token], nation_of(server.size), server.packs, server.process,
    table.concat(words, " ")))
end

-- One version after the other, whatever measures: numbers go on.
local function versions(server, count)
  local first = (server.versions or 0) + 1
  server.versions = first + count - 1
  return first
end

local function measure_reloads(server, name, way, count)
  say("%s, %s: %d packs", name, way, count)
  return measure(server, name, "packs", { way = way, count = count, first = versions(server, count) })
end

local function measure_memory(server)
  return measure(server, "memory", "data", { way = "folder", first = 0, count = 1000 })
end

-- ---- requests a second ------------------------------------------------------------------------

local function ask(server, path, options)
  return sh("curl -sf -H 'Authorization: Bearer %s' -H 'Accept-Language: en' %s 'http://127.0.0.1:%d%s'",
    server.tokens.data, options or "", server.port, path)
end

local function write_lines(name, lines)
  write_file(folder .. "/" .. name, table.concat(lines, "\n") .. "\n")
end

-- What is asked: lists of paths by kind, of regions spread over the nation.
local function choose_paths(server)
  local regions = json.decode(ask(server, "/api/v1/results/bench/scores")).regions
  local paths = { scores = {}, series = {}, summary = { "/api/v1/results/bench/summary" } }
  for i = 1, #regions, math.max(1, #regions // 200) do
    local code = regions[i].region
    table.insert(paths.scores, "/api/v1/results/bench/scores/" .. code)
    table.insert(paths.series, "/api/v1/observations?region=" .. code .. "&indicator=i001")
  end
  return paths
end

-- The rival is given the answers of the server.
local function start_rival(server, paths)
  local lines = {}
  for _, list in pairs(paths) do
    for _, path in ipairs(list) do lines[#lines + 1] = path .. "\t" .. ask(server, path) end
  end
  write_lines("answers.tsv", lines)
  local head = ask(server, paths.scores[1], "-o /dev/null -D -")
  local tag = head:match "ETag: ([^\r\n]*)"
  write_lines("tag", { tag })
  local here = sh "pwd" .. "/" .. folder
  local text = read_file "tests/bench/serve/answers.conf.in":gsub("@(%u+)@", { FOLDER = here, PORT = rival_port })
  write_file(folder .. "/nginx.conf", text)
  local process = start("/usr/sbin/nginx -c %s/nginx.conf >/dev/null 2>&1", here)
  wait_for(rival_port, paths.scores[1])
  local again = sh("curl -s -o /dev/null -w '%%{http_code}' -H 'Authorization: Bearer %s' -H 'Accept-Language: en' "
    .. "-H 'If-None-Match: %s' http://127.0.0.1:%d%s", server.tokens.data, tag, server.port, paths.scores[1])
  assert(again == "304", "the tag was answered with " .. again)
  return process, tag
end

local function wrk(port, server, kind, tag)
  local output = sh("BENCH_PATHS=%s/paths-%s BENCH_TOKEN=%s %s wrk -t1 -c64 -d%ds "
    .. "-s tests/bench/serve/requests.lua http://127.0.0.1:%d", folder, kind, server.tokens.data,
    tag and ("BENCH_TAG='%s'"):format(tag) or "", counts.seconds, port)
  return json.decode(output:match "\n({.*})")
end

local function median(rounds, name)
  local values = {}
  for i, round in ipairs(rounds) do values[i] = round[name] end
  table.sort(values)
  return values[(#values + 1) // 2]
end

local function summed(rounds)
  return { rate = median(rounds, "rate"), p50_ms = median(rounds, "p50_ms"), p99_ms = median(rounds, "p99_ms") }
end

local kinds = {
  { key = "scores", paths = "scores", title = "the scores of a region" },
  { key = "unchanged", paths = "scores", tagged = true, title = "the same, unchanged (304)" },
  { key = "summary", paths = "summary", title = "a dashboard's summary" },
  { key = "series", paths = "series", title = "an indicator's series" },
}

-- Rates of failures would say nothing.
local function insist(found)
  assert(found.failed == 0, "requests failed: " .. json.encode(found))
  return found
end

local function measure_rates(server)
  local paths = choose_paths(server)
  for name, list in pairs(paths) do write_lines("paths-" .. name, list) end
  local rival, tag = start_rival(server, paths)
  local rates = {}
  for _, kind in ipairs(kinds) do
    local own, other = {}, {}
    for round = 1, counts.rounds do
      say("%s, round %d", kind.key, round)
      own[round] = insist(wrk(server.port, server, kind.paths, kind.tagged and tag))
      other[round] = insist(wrk(rival_port, server, kind.paths, kind.tagged and tag))
    end
    local found = { own = summed(own), nginx = summed(other) }
    found.ratio = found.own.rate / found.nginx.rate
    rates[kind.key] = found
  end
  stop(rival)
  return rates
end

-- ---- all of it --------------------------------------------------------------------------------

local function wanted(part) return not only or only == part end

local function measure_changes()
  local found = {}
  for i, size in ipairs(sizes) do
    local server = start_server(size)
    say("changes among %d regions", size)
    found[i] = measure(server, "change", "data", { way = "folder", first = 0, count = counts.changes })
    stop(server.process)
  end
  return found
end

local function measure_packs(server)
  return {
    reload = {
      folder = measure_reloads(server, "reload", "folder", counts.reloads),
      upload = measure_reloads(server, "reload", "upload", counts.reloads),
    },
    storm = {
      folder = measure_reloads(server, "storm", "folder", counts.storm),
      upload = measure_reloads(server, "storm", "upload", counts.storm),
    },
  }
end

local function load_now() return sh "cut -d' ' -f1-3 /proc/loadavg" end

local function measure_all()
  for _, size in ipairs(sizes) do make_workspace(size) end
  local found = { processors = tonumber(sh "getconf _NPROCESSORS_ONLN"), load_before = load_now() }
  if wanted "changes" then found.changes = measure_changes() end
  local server = start_server(sizes[#sizes])
  if wanted "memory" then found.memory = measure_memory(server) end
  if wanted "rates" then found.rates = measure_rates(server) end
  if wanted "reloads" then found.packs = measure_packs(server) end
  if wanted "memory" and wanted "reloads" then found.memory_after = measure_memory(server) end
  stop(server.process)
  found.load_after = load_now()
  return found
end

-- ---- the table --------------------------------------------------------------------------------

local function print_rates(found)
  print("requests a second, 64 connections      biaochi     p50 ms   p99 ms      nginx     p50 ms   p99 ms   ratio")
  for _, kind in ipairs(kinds) do
    local row = found.rates[kind.key]
    print(("  %-34s %9.0f  %9.2f %8.2f  %9.0f  %9.2f %8.2f   %5.2f"):format(kind.title, row.own.rate, row.own.p50_ms,
      row.own.p99_ms, row.nginx.rate, row.nginx.p50_ms, row.nginx.p99_ms, row.ratio))
  end
end

local function print_times(title, sample)
  print(("  %-44s %9.2f %9.2f %9.2f %7d"):format(title, sample.p50, sample.p99, sample.most, sample.count))
end

local function print_changes(found)
  print "one changed observation, ms                          p50       p99      most   count"
  for _, row in ipairs(found.changes) do
    print_times(("stored and answered, %d regions"):format(row.regions), row.stored_ms)
    print_times("  and its score read", row.readable_ms)
  end
end

local steps = { "notice", "check", "test", "store", "evaluate", "impact" }

local function print_reloads(found)
  print "a pack's new version, ms                             p50       p99      most   count"
  for _, way in ipairs { "folder", "upload" } do
    local row = found.packs.reload[way]
    print_times(("from %s to its score read"):format(way == "folder" and "saved file" or "upload"), row.answering_ms)
    for _, step in ipairs(steps) do print_times("  of it: " .. step, row.steps_ms[step]) end
  end
end

local function print_storms(found)
  for _, way in ipairs { "folder", "upload" } do
    local row = found.packs.storm[way]
    print(("%d readers during %d reloads by %s (%d more refused as they should be, %d surprises):"):format(row.readers,
      row.activated, way, row.refused, row.surprises))
    print(("  %d answers, p50 %.2f ms, p99 %.2f ms; not 200: %d, dropped: %d, mixed: %d, other hash: %d, went back: %d"):format(
      row.answers, row.latency_ms.p50, row.latency_ms.p99, row.not_200, row.dropped, row.mixed, row.hash_differs,
      row.went_back))
  end
end

local function print_memory(title, row)
  for _, state in ipairs { "at_rest", "open" } do
    local held = row[state]
    print(("  %-34s host %7.1f MB (own %.1f MB), %d workers %5.1f MB"):format(
      title .. (state == "open" and (", %d connections"):format(row.connections) or ""), held.host_kb / 1024,
      held.host_own_kb / 1024, held.workers, held.workers_own_kb / 1024))
  end
end

local function print_all(found)
  print(("%d processors; load before %s, after %s"):format(found.processors, found.load_before, found.load_after))
  if found.rates then print_rates(found) end
  if found.changes then print_changes(found) end
  if found.packs then print_reloads(found) end
  if found.packs then print_storms(found) end
  if found.memory then print_memory("memory at rest", found.memory) end
  if found.memory_after then print_memory("memory after reloads", found.memory_after) end
end

local good, found = xpcall(measure_all, debug.traceback)
for process in pairs(running) do stop(process) end
if not good then error(found, 0) end
write_file(folder .. "/results.json", json.encode(found, { indent = true }) .. "\n")
print_all(found)
say("%s/results.json", folder)
