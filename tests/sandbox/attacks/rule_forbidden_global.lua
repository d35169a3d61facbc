-- expect: rule 1 raised attack.lua:3: packs are not offered '@NAME@'
-- for NAME: os io debug load loadfile dofile loadstring require package coroutine setmetatable getmetatable collectgarbage rawget rawset rawequal rawlen next print warn
return { formula = function() return @NAME@ end }
