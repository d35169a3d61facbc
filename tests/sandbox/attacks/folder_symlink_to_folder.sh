# expect: folder 1 pack.lua:1: there is no file good/pack.lua in the pack
ln -s ../good attack/good
echo 'include "good/pack"' >attack/pack.lua
