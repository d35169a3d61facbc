-- expect: rule 1 over_* attack.lua:2
return { formula = function()
  local held = false
  while true do local before = held held = function() return before end end
end }
