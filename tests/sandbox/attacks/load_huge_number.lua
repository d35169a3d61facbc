-- expect: load 1 pack.lua:1: pack { … } is missing
-- generate: ("return " .. ("9"):rep(100000) .. "e" .. ("9"):rep(1000))
@GENERATED@
