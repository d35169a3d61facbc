-- expect: rule 1 raised attack.lua:5: a table made when the pack was loaded cannot be changed
-- What one rule keeps must not take the memory from the rules after it: it can keep nothing.
local kept, part = {}, ("x"):rep(100000)
return { formula = function()
  while true do kept[#kept + 1] = part .. #kept end
end }
