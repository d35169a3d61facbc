# expect: folder 1 pack.lua:1: pack { … } is missing
ln -s . attack/again
ln -s .. attack/above
echo 'local nothing' >attack/pack.lua
