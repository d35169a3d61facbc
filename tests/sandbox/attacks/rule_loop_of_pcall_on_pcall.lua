-- expect: rule 1 over_time attack.lua:2
return { formula = function()
  while true do pcall(pcall, pcall, pcall, error) end
end }
