-- expect: rule 1 raised attack.lua:3: bad argument #1 to 'remove' (position out of bounds)
return { formula = function()
  return table.remove({ 1, 2, 3 }, math.maxinteger)
end }
