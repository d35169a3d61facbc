# expect: folder 1 attack/f*.lua: the file is one too many: a pack may have 500
cp good/pack.lua attack/pack.lua
awk 'BEGIN { for (i = 1; i <= 10000; i++) { name = "attack/f" i ".lua"; print "return 1" >name; close(name) } }'
