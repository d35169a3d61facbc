-- expect: load 1 other.lua:1: other.lua includes itself
-- file other.lua: 'include "other"'
include "other"
