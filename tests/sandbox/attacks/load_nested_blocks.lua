-- expect: load 1 pack.lua:4: *C stack overflow
-- generate: (("do "):rep(100000) .. ("end "):rep(100000))

@GENERATED@
