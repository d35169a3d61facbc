-- expect: load 1 pack.lua:3: indicator "x" needs
-- generate: ("local text = '" .. ("x"):rep(1000000) .. "'")
indicator "x" { title = ("x"):rep(4001) } @GENERATED@
