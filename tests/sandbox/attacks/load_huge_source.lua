-- expect: load 1 pack.lua: is too large: a file may have 1 MiB
-- generate: ("-- nothing\n"):rep(100000)
@GENERATED@
