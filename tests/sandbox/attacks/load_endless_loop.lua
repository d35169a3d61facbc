-- expect: load 1 pack.lua:3: used more than * ms of CPU time
local count = 0
while true do count = count + 1 end
