-- expect: rule 1 over_memory attack.lua:2
return { formula = function()
  local text = "0123456789abcdef"
  while true do text = text .. text end
end }
