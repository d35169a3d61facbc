-- expect: spec 0 1 spec passed
-- file nested.lua: "return evaluate"
-- file pack.lua: 'pack { id = "nested", title = "嵌套", region = "150802", version = "1.0.0", api = 1 }\nlocal p = plan "p" { title = "规划", from = 2021, to = 2030, baseline = 2020 }\np:domain "d" { title = "领域" } { objective "o" { title = "目标", lead = "妇联", evidence = true } }\nwarning "w" { on = "region", title = "嵌套", level = function(year) (include "nested") { year = year } end }'
-- What a spec's pack includes sees `evaluate`: here a rule evaluates its own pack, without end.
it("ends", function()
  local result = evaluate { year = 2024 }
  assert.is_true(#result.failures <= 1)
end)
