-- expect: rule 1 raised attack.lua:4: stack overflow
-- With many values a call: the stack is full after few calls, long before the time is up.
local function deeper(n)
  return 1 + deeper(n + 1, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n)
end
return { formula = function() return deeper(1) end }
