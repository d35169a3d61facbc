-- expect: rule 1 over_* attack.lua:2
return { formula = function()
  local parts = {}
  local most = 1000000
  for i = 1, most do parts[i] = "" end
  return #table.concat(parts, ("x"):rep(1000))
end }
