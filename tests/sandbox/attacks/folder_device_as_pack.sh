# expect: folder 1 pack.lua: is not a plain file that can be read
ln -s /dev/zero attack/pack.lua
