-- expect: rule 1 raised attack.lua:3: resulting string too large
return { formula = function()
  return #("x"):rep(math.maxinteger, "separator")
end }
