-- expect: rule 1 raised attack.lua:5: a rule cannot declare anything
-- for WAY: make{points=1} target(3) half("x"){title="x"} at_least(1) plan("p"){title="x"}
local make, target, half = item "kept", at_most, indicator
return { score = function()
  local made = @WAY@
  return made and 1
end }
