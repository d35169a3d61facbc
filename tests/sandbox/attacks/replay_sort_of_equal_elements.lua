-- expect: replay 0 yes
-- Lua's own sort would take its pivot from the clock and give equal elements in any order.
return { formula = function()
  local pairs_of_numbers = {}
  for i = 1, 3000 do pairs_of_numbers[i] = { key = i % 5, place = i } end
  table.sort(pairs_of_numbers, function(a, b) return a.key < b.key end)
  local sum = 0
  for i, pair in ipairs(pairs_of_numbers) do sum = sum + i * pair.place % 977 end
  return sum
end }
