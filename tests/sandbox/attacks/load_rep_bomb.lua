-- expect: load 1 pack.lua:2: needs more than 64 MiB of memory
local text = ("x"):rep(1 << 30)
return text
