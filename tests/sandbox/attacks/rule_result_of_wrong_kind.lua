-- expect: rule 1 bad_result
-- for CASE: formula="text"; formula=true; level="pink"; level=1; level=true; score="full"; score=true; applies=1; applies="no"; veto=1; veto="yes"
local cases = { @CASE@ }
local place, value = (function() for key, item in pairs(cases) do return key, item end end)()
return { [place] = function() return value end }
