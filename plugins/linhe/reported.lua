-- 由主要目标和策略措施得到的清单。rows 是年度监测要填报的：推算和比较所用的数据项 data,不经推算的定量指标；
-- steady 是看波动的指标；forecastable 是能推算达标之年的指标，slowing 是“上升趋势减缓”的，没有达标之年可推算。

local DOMAINS = { "health", "education", "economy", "decision", "security", "family", "environment", "law" }

local data_items = {
  "maternal_mortality_city", "midwives", "delivery_beds", "science_literacy_male", "science_literacy_female",
  "income_male", "income_female", "female_party_members", "female_employees", "village_delegates",
  "village_delegates_women", "housework_male", "housework_female", "women_leaders_term_start",
  "female_institution_employees",
}
local slowing = { "female_anxiety", "female_depression" }
local is_slowing = {}
for _, id in ipairs(slowing) do is_slowing[id] = true end

-- 换届才变的：党代会、人大、政协，区级政府班子，村和社区的组织。换届那年的变动不是波动。
local CHANGED_BY_TERM = {
  decision_goal_2 = true, decision_goal_3 = true, decision_goal_4 = true, decision_goal_7 = true, decision_goal_8 = true,
}

-- 差距可以接近 0,波动系数以平均水平为分母，不能用来看差距。
local function may_be_volatile(node)
  if node.target.kind == "narrows" then return false end
  return node.unit ~= "所" and node.unit ~= "名" and not CHANGED_BY_TERM[node.source[1]]
end

local reported = table.move(data_items, 1, #data_items, 1, {})
local steady = {} -- 主要目标中看波动的：不含只有几个的计数(多一个少一个不是波动)、换届才变的和差距
local forecastable = {}

local function sort_indicator(node, is_goal)
  if not node.formula then reported[#reported + 1] = node.id end
  if is_goal and may_be_volatile(node) then steady[#steady + 1] = node.id end
  if not is_slowing[node.id] then forecastable[#forecastable + 1] = node.id end
end

for _, folder in ipairs { "goals", "measures" } do
  for _, domain in ipairs(DOMAINS) do
    for _, node in ipairs(include(folder .. "/" .. domain)) do
      if node.kind == "indicator" then sort_indicator(node, folder == "goals") end
    end
  end
end

return { rows = reported, data = data_items, steady = steady, forecastable = forecastable, slowing = slowing }
