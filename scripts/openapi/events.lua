local S = require "schema"

local pack = { pack = S.text, version = S.text, hash = S.hash, run = S.count, year = S.integer, data_version = S.count,
  failed_rules = S.count }

local step = S.object {
  event = S.one_of_names("raised", "level", "cleared", "acknowledged"), id = S.id, region = S.code, warning = S.text,
  title = S.text, subject = S.text, level = S.ref "Level", message = S.maybe(S.text),
}

-- What the data of each type of event are.
local events = {
  ready = S.object {},
  reset = S.object {},
  regions = S.object {},
  pack = S.object(S.extend(pack, { retired = S.with(S.maybe(S.text), { description = "hash of the version before" }) })),
  results = S.object(S.extend(pack, { regions = S.with(S.maybe(S.list(S.code)),
    { description = "where results changed, or what of them is sample data; null when there are very many" }) })),
  progress = S.object { pack = S.text, done = S.count, total = S.count },
  candidate = S.ref "Candidate",
  round = S.ref "Round",
  retired = S.object { pack = S.text, version = S.text, hash = S.hash },
  warnings = S.object {
    pack = S.text,
    steps = S.with(S.maybe(S.list(step)), {
      description = "null for whoever may read of part of the regions, and when there are very many",
    }),
  },
}

return {
  tag = "events",
  about = "What happens, as it happens, as server-sent events.",
  zh = "实时事件（SSE）。",
  operations = {
    ["GET /api/v1/events"] = {
      id = "streamEvents", does = "An endless stream of events; x-events has the schema of each type's data.",
      zh = "事件流，各类事件的数据结构见 x-events。",
      more = "ready: all active packs have been evaluated; pack: another version is active or, where retired is "
        .. "null, all its results were evaluated anew; retired: a pack was taken out of service; results: results of "
        .. "these regions changed; candidate: a pack came a step further; warnings: some were raised, changed or "
        .. "cleared; round: an assessment round was opened, advanced or withdrawn; progress: an evaluation that was "
        .. "asked for (POST /api/v1/runs) has come so far, in regions; it has no id and is not sent again; regions: "
        .. "there are other regions; reset: some events were missed, or are too many to be sent again: read "
        .. "everything anew. "
        .. "With Last-Event-ID the stream begins with what was missed. An account may have 32 streams open; one more "
        .. "is refused with 429.",
      errors = { 429 },
      right = "results.read", place = "anywhere",
      answers = { [200] = { content = { ["text/event-stream"] = { S.text, events = events } } } },
    },
  },
}
