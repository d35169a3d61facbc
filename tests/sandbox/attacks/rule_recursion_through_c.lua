-- expect: rule 1 raised attack.lua:5: *
-- for CALL: assert(pcall(deeper)); ("xx"):gsub(".",deeper)
local deeper
function deeper()
  @CALL@
end
return { formula = function() deeper() end }
