-- expect: rule 1 raised attack.lua:5: too many results to unpack
return { formula = function()
  local list = {}
  for i = 1, 1000000 do list[i] = i end
  return table.unpack(list)
end }
