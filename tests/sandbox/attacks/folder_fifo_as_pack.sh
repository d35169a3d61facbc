# expect: folder 1 pack.lua: is not a plain file that can be read
mkfifo attack/pack.lua
