-- What does not apply to a county is spread over what does: 不适用项的分值按比例分摊。

pack { id = "not_applicable", title = "不适用项分摊", region = "150802", version = "1.0.0", api = 1,
  conventions = { inapplicable = "redistributed" } }

fact "has_ports" { title = "有口岸", unit = "1 是 0 否", digits = 0, default = 0 }
fact "ports_checked" { title = "口岸检查率", unit = "%" }
fact "schools_checked" { title = "学校检查率", unit = "%" }
fact "homes_checked" { title = "福利机构检查率", unit = "%" }

local function checked(id, points, score, applies)
  return item(id) { points = points, score = score, applies = applies }
end

assessment "safety" {
  title = "儿童安全", of = "self", points = 100, grades = { { 80, "良好" }, { 0, "合格" } },
  checked("schools", 50, function(points, schools_checked) return proportion(points, schools_checked, 100) end),
  checked("homes", 30, function(points, homes_checked) return proportion(points, homes_checked, 100) end),
  checked("ports", 20, function(points, ports_checked) return proportion(points, ports_checked, 100) end,
    function(has_ports) return has_ports == 1 end),
}
