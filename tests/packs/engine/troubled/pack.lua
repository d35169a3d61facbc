-- A pack whose rules misbehave where a figure tells them to, each as the figure says.
pack {
  id = "troubled", title = "故障测试", region = "150000", version = "1.0.0", api = 1, covers = "subtree",
  conventions = { digits = 1 },
}

data "in_warning" { title = "预警规则的故障", unit = "号" }
data "in_each" { title = "逐指标预警规则的故障", unit = "号" }
data "in_formula" { title = "公式的故障", unit = "号" }
data "in_score" { title = "计分规则的故障", unit = "号" }

local function misbehave(how)
  if how == 1 then return ("a"):rep(100000):find((".-"):rep(60) .. "b") end -- inside a C function
  if how == 2 then while true do end end
  if how == 3 then -- takes all the memory
    local kept = {}
    while true do kept[#kept + 1] = ("x"):rep(1000):rep(4000) end
  end
  if how == 4 then for _ = 1, 2000000 do end end -- is slow, but comes to an end
  if how == 5 then error("故障") end
end

local women = plan "women" { title = "妇女发展规划", from = 2021, to = 2030, baseline = 2020 }

women:domain "health" { title = "健康" } {
  indicator "mortality" { title = "死亡率", unit = "1/10万", lead = "卫健委", target = at_most(60) },
  indicator "screening" { title = "筛查率", unit = "%", lead = "卫健委", target = at_least(60) },
  indicator "coverage" { title = "覆盖率", unit = "%", lead = "卫健委", target = at_least(60) },
}

women:domain "economy" { title = "经济" } {
  indicator "derived" {
    title = "推算值", unit = "%", lead = "人社局", target = at_least(50),
    formula = function(in_formula, mortality) misbehave(in_formula) return 100 - mortality end,
  },
}

warning "troubled" { on = "region", title = "故障", level = function(in_warning) misbehave(in_warning) end }

warning "each" {
  on = "indicator", title = "逐指标", only = { "mortality", "screening", "coverage" },
  level = function(value, in_each)
    if value == 13 then misbehave(in_each) end
    return value and value > 100 and "red" or nil
  end,
}

assessment "annual" {
  title = "年度考核", of = "region", points = 100, grades = { { 60, "合格" }, { 0, "不合格" } },
  item "rate" { points = 50, score = function(points, attainment_women) return proportion(points, attainment_women, 1) end },
  item "derived" { points = 50,
    score = function(points, derived, derived_peers_mean, in_score)
      misbehave(in_score)
      if derived == nil or derived_peers_mean == nil then return nil end
      return derived >= derived_peers_mean and points or 0
    end },
}
