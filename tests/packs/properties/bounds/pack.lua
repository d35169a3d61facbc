-- 得分可以超出分值：cap_items = false,而规则没有封顶。
pack { id = "bounds", title = "得分超出分值", region = "150800", version = "1.0.0", api = 1, conventions = { cap_items = false } }

fact "homes" { title = "建成家园", unit = "所", digits = 0, default = 0, better = "higher" }

assessment "annual" {
  title = "年度考核", of = "self", points = 10, grades = { { 0, "合格" } },
  item "homes_built" { title = "家园建设", points = 10,
    score = function(homes) return 2 * math.max(homes, 0) end },
}
