-- expect: rule 0 7.00
-- Tables made at load are read as any other.
local list, weights = { 3, 1, 2 }, { steady = 1, other = { deep = { 6 } } }
weights.itself = weights
return { formula = function()
  local count, sorted = 0, table.move(list, 1, #list, 1, {})
  for _, value in ipairs(list) do count = count + value end
  for name in pairs(weights) do count = count + #name end
  table.sort(sorted)
  local good = count == 6 + #"steady" + #"other" + #"itself" and table.concat(sorted) == "123" and
    select("#", table.unpack(list)) == 3 and ("steady"):gsub("%a+", weights) == "1"
  return good and weights.itself.other.deep[1] + weights.steady
end }
