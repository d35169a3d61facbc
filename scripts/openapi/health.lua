local S = require "schema"

return {
  tag = "health",
  about = "Whether the server lives, answers, and how it does.",
  zh = "服务是否存活、就绪及其运行指标。",
  operations = {
    ["GET /healthz"] = {
      id = "getHealth", does = "Whether the process lives.", zh = "进程是否存活。", right = "open", place = "open",
      answers = { [200] = { content = { ["text/plain"] = { S.with(S.text, { enum = { "ok\n" } }) } } } },
    },
    ["GET /readyz"] = {
      id = "getReadiness",
      does = "Whether requests should be sent here. A full disk leaves the server ready: results are answered from memory, "
        .. "and biaochi_store_failing in /metrics is 1.",
      zh = "是否可以接收请求。磁盘写满时仍为就绪：结果由内存应答，/metrics 中 biaochi_store_failing 为 1。",
      right = "open", place = "open",
      answers = {
        [200] = { content = { ["text/plain"] = { S.with(S.text, { enum = { "ready\n" } }) } } },
        [503] = { means = "starting or draining", content = {
          ["text/plain"] = { S.one_of_names("starting\n", "draining\n") },
          ["application/json"] = { S.ref "Error" },
        } },
      },
    },
    ["GET /metrics"] = {
      id = "getMetrics", does = "Figures of the server for Prometheus, in its text format.",
      zh = "服务运行指标（Prometheus 文本格式）。", right = "metrics.read", place = "anywhere",
      answers = { [200] = { content = { ["text/plain"] = { S.with(S.text, { pattern = "^# HELP biaochi_" }) } } } },
    },
  },
}
