-- expect: rule 0 no data
return { formula = function()
  local numbers = {}
  for i = 1, 1000 do numbers[i] = i end
  local function forget(a, b) for i = 1, 1000 do numbers[i] = nil end return a < b end
  table.sort(numbers, forget)
end }
