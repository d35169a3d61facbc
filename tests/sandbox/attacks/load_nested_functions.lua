-- expect: load 1 pack.lua:4: *C stack overflow
-- generate: ("return " .. ("function() return "):rep(10000) .. ("end "):rep(10000))

@GENERATED@
