-- expect: rule 1 over_time attack.lua:2
local function again() return again() end
return { veto = function() return again() end }
