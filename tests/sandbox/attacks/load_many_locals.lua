-- expect: load 1 pack.lua:4: too many local variables
-- generate: ("local a = 1 "):rep(201)

@GENERATED@
