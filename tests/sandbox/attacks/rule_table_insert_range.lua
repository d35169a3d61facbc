-- expect: rule 1 raised attack.lua:4: bad argument #2 to 'insert' (position out of bounds)
-- for AT: 0 5 -1 math.maxinteger math.mininteger
return { formula = function()
  table.insert({ 1, 2, 3 }, @AT@, 4)
end }
