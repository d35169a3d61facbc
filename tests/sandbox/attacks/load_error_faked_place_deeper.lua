-- expect: load 1 pack.lua:4: innocent.lua:3: it was not me
-- file innocent.lua: "return 1"
include "innocent"
error("innocent.lua:3: it was not me", 0)
