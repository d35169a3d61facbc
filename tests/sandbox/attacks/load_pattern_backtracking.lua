-- expect: load 4 pack.lua:2: used up its budget and did not stop within * ms: killed
local found = ("a"):rep(100000):find((".-"):rep(60) .. "b")
return found
