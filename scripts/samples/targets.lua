-- From a target to the two ends of a sample series: a level at the baseline, worse than the target,
-- and one in the last year, which meets the target or not as was drawn.

local targets = {}

-- What a series may be: its step of the last printed digit, and the greatest value.
local function bounds(about)
  return 10 ^ -about.digits, about.unit == "%" and 100 or math.huge
end

-- What lies on that side of a threshold, too far for near-met.
local function not_near(value, about, side) return value + side * about.near * math.abs(value) / 100 end

-- Above the threshold is good.
local function upward(value, outcome, about, draw)
  local step, most = bounds(about)
  local room = most < math.huge and most - value or 0.2 * math.abs(value)
  local worst = most < math.huge and math.min(0.25 * value, 0.8 * (most - value) + 8) or 0.25 * math.abs(value)
  local from = value - draw:between(0.5, 1) * math.max(worst, 4 * step)
  if outcome == "met" then return from, math.min(most, value + math.max(step, draw:between(0.1, 0.5) * room)) end
  if outcome == "near" then return from, value - math.max(step, 0.4 * about.near * math.abs(value) / 100) end
  local to = math.min(from + draw:between(0.3, 0.75) * (value - from), not_near(value, about, -1)) - 2 * step
  return math.min(from, to - step), to
end

-- Below the threshold is good.
local function downward(value, outcome, about, draw)
  local step = bounds(about)
  local from = value + draw:between(0.25, 0.6) * math.max(math.abs(value), 4 * step)
  if outcome == "met" then return from, math.max(math.min(0, value), value * draw:between(0.82, 0.97) - step) end
  if outcome == "near" then return from, value + math.max(step, 0.4 * about.near * math.abs(value) / 100) end
  local to = math.max(from - draw:between(0.3, 0.75) * (from - value), not_near(value, about, 1)) + 2 * step
  return math.max(from, to + step), to
end

-- A middle level where the target names none.
local function usual_level(about, draw)
  if about.unit == "%" then return draw:between(30, 70) end
  if about.unit:find "元" then return draw:between(15000, 40000) end
  return draw:between(20, 200)
end

-- `steady`: every year must be on the way, so no noise is laid over the path.
local function direction(sign, outcome, about, draw)
  local from = usual_level(about, draw)
  local change = from * draw:between(0.1, 0.3)
  return from, outcome == "unmet" and from - sign * change or from + sign * change, { steady = true }
end

-- Of the parts of a compound target, the one that says most: a number to reach before a direction.
local function leading_part(target)
  for _, part in ipairs(target.parts or {}) do
    if part.value or part.low then return part end
  end
  return (target.parts or {})[1]
end

-- Gives from, to and options for one target; `other(id, kind)` gives the last value of the series that
-- the target names.
function targets.ends(target, outcome, about, draw, other)
  local kind = target.kind
  if kind == "at_least" or kind == "keeps_at_least" or kind == "above" then
    return upward(target.value, outcome, about, draw)
  elseif kind == "at_most" or kind == "below" then
    return downward(target.value, outcome, about, draw)
  elseif kind == "around" then
    local tolerance = target.tolerance or 0
    local off = outcome == "met" and draw:between(-0.6, 0.6) or draw:between(1.6, 2.4)
    return target.value + 2.5 * tolerance + 10 ^ -about.digits, target.value + off * tolerance
  elseif kind == "within" then
    local low, high = target.low, target.high
    local beyond = (target.outer_high or high) + 0.1 * (high - low)
    local inside = low + draw:between(0.3, 0.7) * (high - low)
    return beyond + 0.5 * (high - low), outcome == "met" and inside or beyond
  elseif kind == "rises" then
    return direction(1, outcome, about, draw)
  elseif kind == "falls" or kind == "narrows" then
    return direction(-1, outcome, about, draw)
  elseif kind == "slows" then
    local from = usual_level(about, draw)
    return from, from * 1.2, { slows = outcome == "met", steady = true }
  elseif kind == "not_below" or kind == "not_above" then
    local level = other(target.indicator) * (target.times or 1)
    local sign = (kind == "not_below") == (outcome == "met") and 1 or -1
    local margin = math.max((0.02 + about.near / 100) * math.abs(level), 2 * 10 ^ -about.digits)
    return level - 2 * margin, level + sign * margin, { steady = true }
  elseif target.parts and #target.parts > 0 then
    return targets.ends(leading_part(target), outcome, about, draw, other)
  end
  return usual_level(about, draw), usual_level(about, draw)
end

return targets
