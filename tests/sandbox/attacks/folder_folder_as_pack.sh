# expect: folder 6 the pack has no file pack.lua
mkdir attack/pack.lua
