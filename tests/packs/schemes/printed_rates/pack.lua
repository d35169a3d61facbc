-- The same 26 of 29 and 51 of 53 printed as published, cut off, and rounded: 口径 decides the last digit.

pack { id = "printed_rates", title = "截尾与四舍五入", region = "410400", version = "1.0.0", api = 1 }

local function counted(id, rounding, objectives)
  local list = {}
  for i = 1, objectives do
    list[i] = objective(id .. "_" .. i) { title = ("目标 %d"):format(i), lead = "妇儿工委办", evidence = true }
  end
  plan(id) { title = id, from = 2021, to = 2030, baseline = 2020, conventions = { rounding = rounding } }
    :domain "all" { title = "全部" } (list)
end

counted("women_cut", "truncate", 29)
counted("children_cut", "truncate", 53)
counted("women_rounded", "half_up", 29)
counted("children_rounded", "half_up", 53)
counted("to_even", "half_even", 32)
counted("up", "half_up", 32)
