-- A thousand points; the parts' own scores out of 100 are brought to their share of them.

pack { id = "total_1000", title = "千分制", region = "150802", version = "1.0.0", api = 1, conventions = { digits = 1 } }

fact "organisation" { title = "组织保障得分（百分制）", unit = "分" }
fact "results" { title = "目标落实得分（百分制）", unit = "分" }
fact "opinion" { title = "群众满意度", unit = "%" }

local function out_of_100(id, points, score)
  return item(id) { points = points, score = score }
end

assessment "annual" {
  title = "年度考核", of = "self", points = 1000, grades = { { 900, "优秀" }, { 600, "合格" }, { 0, "不合格" } },
  out_of_100("organisation", 250, function(points, organisation) return proportion(points, organisation, 100) end),
  out_of_100("results", 650, function(points, results) return proportion(points, results, 100) end),
  out_of_100("opinion", 100, function(points, opinion) return band(points, opinion, 60, 90) end),
}
