-- expect: rule 1 raised attack.lua:4: * unpack
-- for FROM, TO: 1 math.maxinteger; math.mininteger math.maxinteger; 1 10000000; math.mininteger 0
return { formula = function()
  return select("#", table.unpack({}, @FROM@, @TO@))
end }
