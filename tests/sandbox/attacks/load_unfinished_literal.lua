-- expect: load 1 pack.lua:4: unfinished long string
local text = [==[ this never
ends ]=]
