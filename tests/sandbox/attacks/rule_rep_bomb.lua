-- expect: rule 1 over_memory attack.lua:3
-- for PLACE: formula level score applies veto
return { @PLACE@ = function()
  return #("x"):rep(1 << 30) > 0
end }
