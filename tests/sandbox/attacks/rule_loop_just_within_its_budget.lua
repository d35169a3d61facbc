-- expect: rule 0
return { formula = function(steady)
  local sum = 0
  for i = 1, 100000 do sum = sum + i end
  return sum > 0 and steady
end }
