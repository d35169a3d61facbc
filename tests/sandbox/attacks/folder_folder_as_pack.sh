# expect: folder 6 there is no pack.lua in this folder
mkdir attack/pack.lua
