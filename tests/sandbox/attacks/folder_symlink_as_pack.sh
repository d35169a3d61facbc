# expect: folder 1 pack.lua: is not a plain file that can be read
ln -s ../good/pack.lua attack/pack.lua
