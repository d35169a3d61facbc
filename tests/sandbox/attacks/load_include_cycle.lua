-- expect: load 1 pack.lua:3: other.lua includes itself
-- file other.lua: 'include "pack"'
include "other"
