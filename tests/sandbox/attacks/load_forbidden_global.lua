-- expect: load 1 pack.lua:3: packs are not offered '@NAME@'
-- for NAME: os io debug load loadfile dofile loadstring require package coroutine setmetatable getmetatable collectgarbage rawget rawset rawequal rawlen next print warn
return @NAME@
