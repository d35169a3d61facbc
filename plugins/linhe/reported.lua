-- 由主要目标得到的清单。rows 是年度监测要填报的:推算所用的数据项 data 和不经推算的定量指标;
-- steady 是看波动的指标。

local DOMAINS = { "health", "education", "economy", "decision", "security", "family", "environment", "law" }

local data_items = {
  "maternal_mortality_city", "midwives", "delivery_beds", "science_literacy_male", "science_literacy_female",
  "income_male", "income_female", "female_party_members", "female_employees", "village_delegates",
  "village_delegates_women", "housework_male", "housework_female",
}
local reported = table.move(data_items, 1, #data_items, 1, {})
local steady = {} -- 看波动的:不含只有几个的计数,多一个少一个不是波动
for _, domain in ipairs(DOMAINS) do
  for _, node in ipairs(include("goals/" .. domain)) do
    if node.kind == "indicator" then
      if not node.formula then reported[#reported + 1] = node.id end
      if node.unit ~= "所" and node.unit ~= "名" then steady[#steady + 1] = node.id end
    end
  end
end

return { rows = reported, data = data_items, steady = steady }
