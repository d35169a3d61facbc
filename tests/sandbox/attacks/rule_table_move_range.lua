-- expect: rule 1 raised attack.lua:3: bad argument #3 to 'move' (too many elements to move)
return { formula = function()
  return #table.move({}, math.mininteger, math.maxinteger, 1)
end }
