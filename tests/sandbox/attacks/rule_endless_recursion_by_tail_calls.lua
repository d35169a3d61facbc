-- expect: rule 1 over_time attack.lua:3
local function again() return again() end
return { veto = function() return again() end }
