# expect: folder 0 no problems
cp good/pack.lua attack/pack.lua
awk 'BEGIN { for (i = 1; i <= 10000; i++) { name = "attack/f" i ".txt"; print "x" >name; close(name) } }'
