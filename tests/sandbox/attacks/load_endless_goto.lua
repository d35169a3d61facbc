-- expect: load 1 pack.lua:2: used more than * ms of CPU time
::again:: goto again
