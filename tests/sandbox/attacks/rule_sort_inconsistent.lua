-- expect: rule 0 no data
-- for ORDER: true a~=b a<=b
return { formula = function()
  local numbers = {}
  for i = 1, 1000 do numbers[i] = i % 7 end
  table.sort(numbers, function(a, b) return a == b or @ORDER@ end)
end }
