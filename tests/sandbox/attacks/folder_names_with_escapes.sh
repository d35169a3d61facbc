# expect: folder 1 has a name a pack's file must not have
cp good/pack.lua attack/pack.lua
: >"attack/$(printf '\033[2J\377').lua"
