-- expect: rule 1 over_time attack.lua:3
-- for PLACE: formula level score applies veto
return { @PLACE@ = function()
  while true do end
end }
