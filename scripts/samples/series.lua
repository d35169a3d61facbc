-- The sample figures of every series of a pack, region by region and year by year.
--
-- A series runs from a level at the baseline to one in the last year, on a line with some noise. Hints
-- give the levels, or they are drawn from the target so that some indicators come out met, some near,
-- some unmet, some restless, and some without data.

local random = require "random"
local targets = require "targets"

local series_of = {}

local USUAL_OUTCOMES = { met = 60, near = 8, unmet = 20, restless = 7, none = 5 }
local USUAL_NOISE, RESTLESS_NOISE, USUAL_GAPS, GAPS_BELOW = 0.04, 0.3, 0.03, 0.35
local REPORTED_BELOW = 0.45 -- of a pack's indicators, by the regions below its own
local BIRTHS = { nation = 9000000, province = 400000, city = 40000, county = 3000, township = 300, village = 20 }

local Maker = {}
Maker.__index = Maker

function Maker:hint(series) return (self.hints.series or {})[series.id] or {} end

function Maker:draw(...) return random.stream(self.seed, table.concat({ self.pack.id, ... }, "/")) end

-- ---- years -----------------------------------------------------------------------------------

-- The last year with data: of the newest published figure where a plan is in force then, else three
-- years into the newest plan.
local function last_year(plans, newest)
  local last
  for _, plan in ipairs(plans) do
    if newest and newest >= plan.from and newest <= plan.to then return newest end
    last = math.max(last or 0, math.min(plan.to, plan.from + 3))
  end
  return last or newest or 2024
end

function Maker:years(series)
  local hint, plan = self:hint(series), series.plan
  local first, last = hint.first or self.hints.first or (plan or self.plans[1] or {}).baseline or self.last - 4, self.last
  if hint.last then last = hint.last end
  if plan then last = math.min(last, plan.to) end
  return math.min(first, last), last
end

-- ---- levels ----------------------------------------------------------------------------------

local function limited(series, value)
  if series.unit == "%" then value = math.min(value, 100) end
  return math.max(value, 0)
end

local function rounded(value, digits) return tonumber(("%." .. digits .. "f"):format(value)) end

-- The target in force in the last year.
local function target_in_force(series, last)
  local target = series.target
  if not series.milestone or not target or not target.value then return target end
  for _, milestone in ipairs(series.node.milestones or {}) do
    if milestone.year >= last then
      local copy = {}
      for key, value in pairs(target) do copy[key] = value end
      copy.value = milestone.value
      return copy
    end
  end
  return target
end

-- What it comes out as in the region.
function Maker:outcome(series, region)
  local hint = self:hint(series)
  if hint.outcome then return hint.outcome end
  local own = self:draw("outcome", series.id):choose(self.hints.outcomes or USUAL_OUTCOMES)
  if region.own then return own end
  local draw = self:draw("outcome", series.id, region.code)
  if own == "none" or draw:chance(0.6) then return own end
  return draw:choose(self.hints.outcomes or USUAL_OUTCOMES)
end

-- Data items: sizes by their unit, growing slowly; the part is smaller than what it is a part of.
function Maker:usual_size(series, region)
  local draw = self:draw("size", series.group or series.id, region.code)
  local weight = (BIRTHS[region.level] or BIRTHS.county) / BIRTHS.county
  local from
  if series.unit:find "元" then from = draw:between(15000, 40000)
  elseif series.unit == "%" then from = draw:between(40, 80)
  elseif series.unit:find "人" or series.unit:find "例" then from = draw:between(2000, 9000) * weight
  else from = draw:between(5, 60) * math.max(1, weight / 4) end
  local to = from * draw:between(1.05, 1.2)
  if not series.first then return from, to end
  local own = self:draw("part", series.id, region.code)
  return from * own:between(0.8, 0.88), to * own:between(0.86, 0.97)
end

-- The two ends of a series in a region, and how it goes between them.
function Maker:ends(series, region, outcome)
  local hint, draw = self:hint(series), self:draw("ends", series.id, region.code)
  if hint[1] then
    local options = { slows = hint.slows, steady = hint.slows }
    if region.own then return hint[1], hint[2] or hint[1], options end
    if series.kind == "data" then -- regions differ in size
      local size = 1 + draw:between(-1, 1) * (hint.spread or 0.3)
      return hint[1] * size, (hint[2] or hint[1]) * size, options
    end
    -- A region below is somewhat better or worse than the whole, all the time.
    local off = draw:between(-1, 1) * (hint.spread or 0.3) * math.abs((hint[2] or hint[1]) - hint[1])
    return hint[1] + 0.5 * off, (hint[2] or hint[1]) + off, options
  end
  if not series.target then return self:usual_size(series, region) end
  local aim = outcome == "restless" and (draw:chance(0.5) and "met" or "unmet") or outcome
  local _, last = self:years(series)
  return targets.ends(target_in_force(series, last), aim, series, draw, function(id)
    local other = self.by_id[id]
    return other and self:values(other, region)[last] or draw:between(20, 80)
  end)
end

-- ---- values ----------------------------------------------------------------------------------

-- Year → value along the way; the last one is exact, so that it comes out as it was drawn.
local function path(first, last, from, to, options, noise, draw)
  local values, span = {}, math.max(1, last - first)
  for year = first, last do
    local part = (year - first) / span
    if options.slows then part = 1 - (1 - part) ^ 2 end
    local off = year > first and year < last and not options.steady and noise * math.abs(to - from) * draw:normal() or 0
    values[year] = from + (to - from) * part + off
  end
  return values
end

-- A figure that counts in whole numbers and is a part of another: done of planned.
function Maker:part_of(series, region, unit)
  local hint, draw = self:hint(series), self:draw("part", series.id, region.code, unit or "")
  local whole = unit and self:fact(self.by_id[hint.of], region, unit) or nil
  local wholes = unit and { [self.last] = whole } or self:values(self.by_id[hint.of], region)
  local low, high = table.unpack(hint.share or { 0.8, 1 })
  local first, last = self:years(series)
  local values = {}
  for year = first, last do
    local share = low + (high - low) * (year - first) / math.max(1, last - first)
    if unit or series.kind == "fact" or first == last then share = draw:between(low, high) end
    values[year] = wholes[year] and wholes[year] * share
  end
  return values
end

-- What is left of others, added and taken off: { "carried", "income", "-paid" }.
function Maker:sum_of(series, region)
  local values = {}
  for i, name in ipairs(self:hint(series).sum) do
    local sign, id = name:match "^(%-?)(.*)$"
    for year, value in pairs(self:values(self.by_id[id], region)) do
      local before = i == 1 and 0 or values[year]
      values[year] = before and before + (sign == "-" and -value or value)
    end
  end
  return values
end

-- Counted events and those they happen among, so that the rate follows from them.
function Maker:counted(series, region, rates)
  local among = self.hints.births or {}
  local usual = (BIRTHS[region.level] or BIRTHS.county) * self:draw("births", region.code):between(0.7, 1.3)
  local people = among[region.code] or math.floor(usual)
  local events, persons = {}, {}
  for year, rate in pairs(rates) do
    persons[year] = math.floor(people * (1 - 0.02 * (year - self.last)))
    events[year] = math.floor(rate * persons[year] / series.node.per + 0.5)
    rates[year] = events[year] * series.node.per / persons[year]
  end
  self.counts[series.node.counts .. "/" .. region.code] = events
  if series.node.among then self.counts[series.node.among .. "/" .. region.code] = persons end
end

-- Year → value of the total in a region, rounded as printed; empty where it has no data.
function Maker:values(series, region)
  local key = series.id .. "/" .. region.code
  if self.made[key] then return self.made[key] end
  self.made[key] = {} -- two series whose targets name each other come to an end
  local hint, outcome = self:hint(series), self:outcome(series, region)
  local values
  if hint.of then
    values = self:part_of(series, region)
  elseif hint.sum then
    values = self:sum_of(series, region)
  elseif self.counts[key] then
    values = self.counts[key]
  elseif outcome ~= "none" or hint[1] or not series.target then
    local from, to, options = self:ends(series, region, outcome)
    local first, last = self:years(series)
    local noise = hint.noise or (outcome == "restless" and RESTLESS_NOISE) or USUAL_NOISE
    values = path(first, last, from, to, options or {}, noise, self:draw("path", series.id, region.code))
  end
  values = values or {}
  for year, value in pairs(values) do values[year] = limited(series, value) end
  if series.node.counts and series.node.per and not hint.of then self:counted(series, region, values) end
  for year, value in pairs(values) do values[year] = rounded(value, series.digits) end
  self.made[key] = values
  return values
end

-- ---- facts and evidence ------------------------------------------------------------------------

local function is_yes_or_no(series) return series.unit:find "是否" or series.unit:find "^1 *是" end

-- A fact of the last year; nil where nothing is reported and its default holds.
function Maker:fact(series, region, unit)
  local hint, draw = self:hint(series), self:draw("fact", series.id, region.code, unit or "")
  if hint.chance and not draw:chance(hint.chance) then return nil end
  if hint.of then
    local value = self:part_of(series, region, unit or "")[self.last]
    return value and limited(series, rounded(value, series.digits))
  end
  if hint[1] then return rounded(draw:between(hint[1] - 0.5, (hint[2] or hint[1]) + 0.499), series.digits) end
  if is_yes_or_no(series) then return draw:chance(0.85) and 1 or 0 end
  if series.unit == "%" then return rounded(draw:between(70, 100), series.digits) end
  if series.default then return draw:chance(0.25) and draw:whole(1, 2) or nil end
  return draw:whole(2, 12)
end

-- ---- rows ------------------------------------------------------------------------------------

function Maker:add(series, region, breakdown, year, value)
  local full = table.concat({ series.id, region.code, breakdown, year }, "/")
  if self.known[full] or not value then return end
  self.rows[#self.rows + 1] = { region = region.code, indicator = series.id, breakdown = breakdown, year = year,
    value = ("%." .. series.digits .. "f"):format(value) }
end

-- Parts of a total: they add up to it, or lie around it.
function Maker:parts(series, region, year, total)
  local draw = self:draw("parts", series.id, region.code)
  local lean = draw:between(0.02, 0.06)
  for _, part in ipairs(series.breakdowns) do
    local place, count = part.place, part.count
    local value = total * (1 + lean * (1 - 2 * (place - 1) / math.max(1, count - 1)))
    if series.additive then
      local function up_to(n) return n == count and total or rounded(total * n / count * (1 - lean), series.digits) end
      value = up_to(place) - up_to(place - 1)
    end
    self:add(series, region, part.id, year, rounded(limited(series, value), series.digits))
  end
end

function Maker:reports(series, region)
  local hint = self:hint(series)
  if hint.none or not (series.needed or hint[1] or hint.of or hint.sum) then return false end
  if self.known[series.id .. "/" .. region.code] and not hint.fill then return false end
  local applies = series.node.applies_to
  if applies and #applies > 0 then
    local found = false
    for _, code in ipairs(applies) do found = found or code == region.code end
    if not found then return false end
  end
  if region.beside then return hint.beside end
  if region.own and hint.own == false then return false end
  if hint.below ~= nil or region.own then return region.own or hint.below end
  return self:draw("below", series.id):chance(self.hints.below or REPORTED_BELOW)
end

function Maker:add_series(series, region)
  local values, draw = self:values(series, region), self:draw("gaps", series.id, region.code)
  local first, last = self:years(series)
  for year = first, last do
    local kept = year == first or year == last
    local gap = draw:chance(self:hint(series).gaps or (region.own and USUAL_GAPS or GAPS_BELOW))
    if values[year] and (kept or not gap) then
      self:add(series, region, "", year, values[year])
      self:parts(series, region, year, values[year])
    end
  end
end

function Maker:add_evidence(series, region)
  local outcome, _, last = self:outcome(series, region), self:years(series)
  if outcome == "none" then return end
  self:add(series, region, "", last, (outcome == "met" or outcome == "near" or outcome == "restless") and 1 or 0)
end

function Maker:add_fact(series, region)
  if series.of.unit then
    local wanted
    for _, id in ipairs(self:hint(series).units or {}) do
      wanted = wanted or {}
      wanted[id] = true
    end
    for _, unit in ipairs(region.own and self.units or {}) do
      if not wanted or wanted[unit.id] then
        self:add(series, region, unit.id, self.last, self:fact(series, region, unit.id))
      end
    end
  end
  local asked = series.of.region or (region.own and (series.of.self or not next(series.of)))
    or (not region.own and series.of.children)
  if asked then self:add(series, region, "", self.last, self:fact(series, region)) end
end

function Maker:add_all(series)
  for _, region in ipairs(self.regions) do
    local hint = self:hint(series)
    local shown = series.kind == "objective" or series.kind == "task"
    local add = series.kind == "fact" and not hint.yearly and self.add_fact or shown and self.add_evidence
      or not series.derived and self.add_series
    if add and self:reports(series, region) then add(self, series, region) end
  end
end

-- Rates first, since what they count follows from them; a derived rate is drawn for its counts alone.
local function in_order(list)
  local ordered = {}
  for _, first in ipairs { true, false } do
    for _, series in ipairs(list) do
      if (series.node.counts ~= nil and series.node.per ~= nil) == first then ordered[#ordered + 1] = series end
    end
  end
  return ordered
end

-- All rows: { region, indicator, breakdown, year, value as text }.
function series_of.all(whole, hints, given)
  local maker = setmetatable({
    pack = whole.pack, plans = whole.plans, units = whole.units, by_id = whole.by_id, hints = hints, seed = given.seed,
    regions = given.regions, known = given.known, last = hints.last or last_year(whole.plans, given.newest),
    made = {}, counts = {}, rows = {},
  }, Maker)
  local ordered = in_order(whole.list)
  for _, series in ipairs(ordered) do
    if series.derived and series.node.counts and series.node.per then
      for _, region in ipairs(maker.regions) do
        if maker:reports(series, region) then maker:values(series, region) end
      end
    end
  end
  for _, series in ipairs(ordered) do maker:add_all(series) end
  return maker.rows
end

return series_of
