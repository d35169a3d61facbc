-- expect: rule 0
-- Garbage of one call does not count against the next.
local function fill()
  return #("0123456789abcdef"):rep(3 * 512 * 1024) -- 24 MiB, twice while it is made, of the 64
end
return {
  formula = function(steady) return fill() > 0 and steady end,
  level = function() return fill() > 0 and "blue" or nil end,
  score = function(points) return fill() > 0 and points end,
}
