-- expect: rule 1 raised attack.lua:3: invalid value (nil) at index * in table for 'concat'
return { formula = function()
  return #table.concat({ "a" }, ",", math.mininteger, math.maxinteger)
end }
