-- expect: load 1 pack.lua:5: *C stack overflow
-- for SIGN: -_ not_ #
-- generate: ("return " .. ("@SIGN@"):gsub("_", " "):rep(100000) .. "1")

@GENERATED@
