-- expect: rule 1 over_* attack.lua:2
return { formula = function()
  local text = "0123456789abcdef"
  while true do
    pcall(function() text = text .. text end)
  end
end }
