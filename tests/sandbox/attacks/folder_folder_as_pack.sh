# expect: folder 6 has no pack.lua
mkdir attack/pack.lua
