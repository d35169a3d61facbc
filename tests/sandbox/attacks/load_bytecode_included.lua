-- expect: load 1 other.lua:1: compiled code is not accepted, only source text
-- file other.lua: "\27LuaT"
include "other"
