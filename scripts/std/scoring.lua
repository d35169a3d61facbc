-- Helpers for scoring rules; each is documented in api.lua. A missing input makes the result nil,
-- so that missing data never earns points. Results of steps and sums are decimal figures: 10 less
-- three times 0.1 is 9.7, not 9.6999….

local host = ...

local scoring = {}

-- The figure without the noise of binary.
local function exact(value)
  return host.decimal(value, 9, "half_up")
end

-- A difference, 0 where it is the noise of binary: the mean of 0.1, 0.1 and 0.1 is not below 0.1.
local function apart(value, other)
  local difference = value - other
  return math.abs(difference) <= 1e-12 * math.max(math.abs(value), math.abs(other)) and 0 or difference
end

local function clamp(value, low, high)
  if value < low then return low end
  if value > high then return high end
  return value
end

function scoring.clamp(value, low, high)
  if value == nil then return nil end
  return clamp(value, low, high)
end

-- Steps in an amount, counted on the decimal text: 0.3 holds three steps of 0.1. A step that was
-- begun counts only where `started` says so.
local function steps(amount, step, started)
  if step <= 0 then error(host.text("the step must be above 0", "步长必须大于 0"), 3) end
  if amount <= 0 then return 0 end
  local count = exact(amount / step)
  return started and math.ceil(count) or math.floor(count)
end

-- Whether a change or a lead goes the right way.
local function toward(difference, better, level)
  if better ~= nil and better ~= "higher" and better ~= "lower" then
    error(host.text('better is "higher" or "lower"', 'better 应为 "higher" 或 "lower"'), level + 1)
  end
  return better == "lower" and -difference or difference
end

-- ---- points ---------------------------------------------------------------------------------------

function scoring.deduct(points, amount)
  if points == nil or amount == nil then return nil end
  return clamp(exact(points - amount), 0, points)
end

function scoring.deduct_per(points, shortfall, step, amount, started)
  if points == nil or shortfall == nil then return nil end
  return clamp(exact(points - steps(shortfall, step, started) * amount), 0, points)
end

function scoring.bonus_per(excess, step, amount, most, started)
  if excess == nil then return nil end
  return clamp(exact(steps(excess, step, started) * amount), 0, most)
end

function scoring.earn(points, amount)
  if points == nil or amount == nil then return nil end
  return clamp(exact(amount), 0, points)
end

function scoring.deduct_unless_better(points, change, better, flat, worse)
  if points == nil or change == nil then return nil end
  local gain = toward(exact(change), better, 2)
  if gain > 0 then return points end
  return clamp(exact(points - (gain == 0 and flat or worse or points)), 0, points)
end

function scoring.proportion(points, done, wanted)
  if points == nil or done == nil or wanted == nil then return nil end
  if wanted <= 0 then return points end
  return clamp(points * done / wanted, 0, points)
end

function scoring.proportion_from(points, done, wanted, least)
  if points == nil or done == nil or wanted == nil then return nil end
  if wanted <= 0 then return points end
  if exact(done / wanted) < least then return 0 end
  return clamp(points * done / wanted, 0, points)
end

function scoring.band(points, value, zero_at, full_at)
  if points == nil or value == nil then return nil end
  if zero_at == full_at then error(host.text("zero_at and full_at are equal", "zero_at 与 full_at 不能相等"), 2) end
  return clamp(points * (value - zero_at) / (full_at - zero_at), 0, points)
end

function scoring.by_status(points, status, near)
  if points == nil or status == nil then return nil end
  if status == "met" then return points end
  if status == "near" then return points * (near or 0.5) end
  if status == "unmet" then return 0 end
end

local function weighted(pairs_given, level)
  local sum, weights = 0, 0
  for _, pair in ipairs(pairs_given) do
    local value, weight = pair[1], pair[2]
    if value == nil or weight == nil then return nil end
    sum = sum + value * weight
    weights = weights + weight
  end
  if weights <= 0 then error(host.text("the weights sum to 0", "权重之和为 0"), level + 1) end
  return sum / weights
end

function scoring.weighted(...)
  return weighted({ ... }, 2)
end

function scoring.weighted_points(points, full, ...)
  local mean = weighted({ ... }, 2)
  if points == nil or mean == nil then return nil end
  return clamp(exact(points * mean / full), 0, points)
end

function scoring.level_progress(points, parts)
  local level, progress = parts.level, parts.progress
  if points == nil or level == nil or progress == nil or parts.value == nil or parts.mean == nil then return nil end
  local share = parts.share or 0.7
  if toward(apart(parts.value, parts.mean), parts.better, 2) < 0 then share = 1 - share end
  return clamp(exact(points * (level * share + progress * (1 - share)) * (parts.difficulty or 1)), 0, points)
end

function scoring.verified(score, agreed, checked, accepted)
  if score == nil or agreed == nil or checked == nil or checked <= 0 then return nil end
  local rate, enough = exact(agreed / checked), accepted or 0.95
  if rate >= enough then return score end
  return exact(score * (rate + (1 - enough)))
end

-- ---- composite indices: parts between 0 and 1, then means ------------------------------------------

-- 0 at `from`, 1 at `to`, whichever is the larger; nil where they are the same, since there is
-- nothing to tell apart.
local function share_of_way(value, from, to)
  if value == nil or from == nil or to == nil or from == to then return nil end
  return (value - from) / (to - from)
end

scoring.min_max = share_of_way

function scoring.goalposts(value, from, to)
  local share = share_of_way(value, from, to)
  return share and clamp(share, 0, 1)
end

function scoring.distance_to_target(value, target, worst)
  local share = share_of_way(value, worst or 0, target)
  return share and clamp(share, 0, 1)
end

function scoring.z_score(value, mean, deviation)
  if value == nil or mean == nil or deviation == nil then return nil end
  -- Of values that are all the same the deviation is 0, or noise.
  if apart(mean + deviation, mean) == 0 then return 0 end
  return apart(value, mean) / deviation
end

function scoring.percentile_rank(rank, count)
  if rank == nil or count == nil or count < 2 then return nil end
  return (count - rank) / (count - 1)
end

-- The mean of the parts that are there, nil when they carry less than `least` of the weight.
local function mean_of(parts, least, transform, back)
  local sum, present, all = 0, 0, 0
  for _, part in ipairs(parts) do
    local value, weight = part[1], part[2] or 1
    if weight < 0 then error(host.text("a weight is below 0", "权重不能小于 0"), 3) end
    all = all + weight
    if value ~= nil and weight > 0 then
      sum = sum + weight * transform(value)
      present = present + weight
    end
  end
  if all <= 0 then error(host.text("the weights sum to 0", "权重之和为 0"), 3) end
  if present <= 0 or exact(present / all) < (least or 1) then return nil end
  return back(sum / present)
end

local function itself(value) return value end

local function above_zero(value)
  if value < 0 then
    error(host.text("this mean takes no parts below 0: bring them between 0 and 1 first",
      "该平均数不接受负值：请先把各分项化为 0 到 1 之间"), 5)
  end
  return value
end

function scoring.arithmetic_mean(parts, least)
  return mean_of(parts, least, itself, itself)
end

function scoring.geometric_mean(parts, least)
  return mean_of(parts, least, function(value) return math.log(above_zero(value)) end, math.exp)
end

function scoring.harmonic_mean(parts, least)
  return mean_of(parts, least, function(value) return 1 / above_zero(value) end, function(value) return 1 / value end)
end

-- ---- figures --------------------------------------------------------------------------------------

function scoring.round(value, digits)
  return value ~= nil and host.decimal(value, digits or 0, "half_up") or nil
end

function scoring.truncate(value, digits)
  return value ~= nil and host.decimal(value, digits or 0, "truncate") or nil
end

return scoring
