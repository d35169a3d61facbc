-- expect: rule 1 over_* attack.lua:2
return { formula = function()
  local held = {}
  while true do held[#held + 1] = {} end
end }
