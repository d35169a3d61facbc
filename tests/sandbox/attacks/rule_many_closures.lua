-- expect: rule 1 over_memory attack.lua:4
return { formula = function()
  local held = false
  while true do local before = held held = function() return before end end
end }
