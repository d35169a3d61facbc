-- expect: replay 0 yes
-- What a rule keeps lives as long as its worker: a replay begins anew and must come out the same.
local calls = 0
return { formula = function() calls = calls + 1 return calls end,
  score = function() calls = calls + 1 return calls end }
