-- expect: load 1 pack.lua:4: must be above 0
-- A helper may blame its caller, which really is being run.
local function wanted(value) if value <= 0 then error("must be above 0", 2) end end
wanted(-1)
