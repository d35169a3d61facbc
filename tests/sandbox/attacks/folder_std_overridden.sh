# expect: folder 1 std/main.lua: the file has a name a pack's file must not have
cp good/pack.lua attack/pack.lua
mkdir attack/std
echo 'return {}' >attack/std/main.lua
