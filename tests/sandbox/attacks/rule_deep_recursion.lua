-- expect: rule 1 raised attack.lua:3: stack overflow
local function deeper(n)
  return 1 + deeper(n + 1)
end
return { formula = function() return deeper(1) end }
