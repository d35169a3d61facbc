-- expect: load 1 pack.lua:4: *
-- generate: ("return " .. ("'x' .. "):rep(100000) .. "'x'")

@GENERATED@
