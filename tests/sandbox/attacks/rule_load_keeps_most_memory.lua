-- expect: rule 1 over_memory attack.lua:6
-- What a pack holds from its load on is taken from every rule alike: one that asks for more than is
-- left fails, again and again, and those after it are called all the same.
local kept = ("x"):rep(20 * 1024 * 1024)
kept = kept .. kept
return { formula = function()
  local more = ("x"):rep(1024 * 1024)
  while true do more = more .. kept end
end, level = function() return #kept > 0 and "blue" or nil end }
