# expect: folder 1 pack.lua:1: pack { … } is missing
: >attack/pack.lua
