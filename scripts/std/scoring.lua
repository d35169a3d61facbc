-- Helpers for scoring rules; each is documented in api.lua. A missing input makes the result nil,
-- so that missing data never earns points.

local host = ...

local scoring = {}

local function clamp(value, low, high)
  if value < low then return low end
  if value > high then return high end
  return value
end

function scoring.clamp(value, low, high)
  if value == nil then return nil end
  return clamp(value, low, high)
end

-- Whole steps in an amount, counted on the decimal text: 0.3 holds three steps of 0.1.
local function whole_steps(amount, step)
  if step <= 0 then error(host.text("the step must be above 0", "步长必须大于 0"), 3) end
  if amount <= 0 then return 0 end
  return math.floor(host.decimal(amount / step, 9, "half_up"))
end

function scoring.deduct(points, amount)
  if points == nil or amount == nil then return nil end
  return clamp(points - amount, 0, points)
end

function scoring.deduct_per(points, shortfall, step, amount)
  if points == nil or shortfall == nil then return nil end
  return clamp(points - whole_steps(shortfall, step) * amount, 0, points)
end

function scoring.bonus_per(excess, step, amount, most)
  if excess == nil then return nil end
  return clamp(whole_steps(excess, step) * amount, 0, most)
end

function scoring.proportion(points, done, wanted)
  if points == nil or done == nil or wanted == nil then return nil end
  if wanted <= 0 then return points end
  return clamp(points * done / wanted, 0, points)
end

function scoring.band(points, value, zero_at, full_at)
  if points == nil or value == nil then return nil end
  if zero_at == full_at then error(host.text("zero_at and full_at are equal", "zero_at 与 full_at 不能相等"), 2) end
  return clamp(points * (value - zero_at) / (full_at - zero_at), 0, points)
end

function scoring.weighted(...)
  local sum, weights = 0, 0
  for _, pair in ipairs { ... } do
    local value, weight = pair[1], pair[2]
    if value == nil or weight == nil then return nil end
    sum = sum + value * weight
    weights = weights + weight
  end
  if weights <= 0 then error(host.text("the weights sum to 0", "权重之和为 0"), 2) end
  return sum / weights
end

function scoring.round(value, digits)
  return value ~= nil and host.decimal(value, digits or 0, "half_up") or nil
end

function scoring.truncate(value, digits)
  return value ~= nil and host.decimal(value, digits or 0, "truncate") or nil
end

return scoring
