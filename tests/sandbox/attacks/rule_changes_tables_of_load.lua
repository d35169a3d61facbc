-- expect: rule 1 raised attack.lua:9: a table made when the pack was loaded cannot be changed by a rule
-- for CHANGE: kept[1]=1 kept[1]=nil kept.a=1 kept.list[2]=1 kept.itself.list.a=1 empty.a=1 table.insert(kept.list,1) table.insert(empty,1) table.remove(kept.list) table.sort(kept.list) table.move({1},1,1,1,kept) (function(t)t.a=1;end)(kept) another().a=1
-- What one call leaves behind would be found by the next.
local empty, kept = {}, { list = { 3, 1, 2 } }
kept.itself = kept
local function another() return kept end
return { formula = function()
  for _ = 1, 3 do pcall(function() kept.list[1] = 9 end) end
  @CHANGE@
  return kept.list[1] + #empty + #another().list
end }
