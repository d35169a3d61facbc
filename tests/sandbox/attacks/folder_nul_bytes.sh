# expect: folder 1 pack.lua:1: *
printf 'return \000 1' >attack/pack.lua
