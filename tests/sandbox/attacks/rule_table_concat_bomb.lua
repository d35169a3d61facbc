-- expect: rule 1 over_memory attack.lua:2
return { formula = function()
  local parts, part = {}, ("x"):rep(100000)
  for i = 1, 1000 do parts[i] = part end
  return #table.concat(parts, part)
end }
