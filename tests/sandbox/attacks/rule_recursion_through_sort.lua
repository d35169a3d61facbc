-- expect: rule 1 * attack.lua:*
-- The sort is written in Lua, so the recursion goes on until the first limit it meets: stack, time or memory.
local deeper
function deeper()
  table.sort({ 3, 2, 1 }, deeper)
end
return { formula = function() deeper() end }
