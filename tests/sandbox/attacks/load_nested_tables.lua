-- expect: load 1 pack.lua:4: *C stack overflow
-- generate: ("return " .. ("{"):rep(100000) .. ("}"):rep(100000))

@GENERATED@
