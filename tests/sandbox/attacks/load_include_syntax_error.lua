-- expect: load 1 other.lua:2: syntax error near 'is'
-- file other.lua: "\nthis is not Lua"
include "other"
