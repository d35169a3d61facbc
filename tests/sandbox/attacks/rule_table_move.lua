-- expect: rule 1 stuck
return { formula = function()
  return #table.move({}, 1, math.maxinteger - 1, 2)
end }
