-- expect: rule 1 stuck
-- What one rule keeps must not take the memory from the rules after it.
local kept, part = {}, ("x"):rep(100000)
return { formula = function()
  while true do kept[#kept + 1] = part .. #kept end
end }
