-- 门槛在规则里面，不是任何目标值：折半查找才能找到。
pack { id = "hidden_cliff", title = "藏着的门槛", region = "150800", version = "1.0.0", api = 1, covers = "children" }

fact "standard" { title = "合规比例", unit = "%", digits = 2, better = "higher" }

assessment "annual" {
  title = "年度考核", of = "children", points = 40, grades = { { 0, "合格" } },
  item "running" { title = "运行", points = 40,
    score = function(points, standard)
      if standard == nil then return nil end
      return proportion(points / 2, standard, 100) + (standard >= 83.47 and points / 2 or 0)
    end },
}
