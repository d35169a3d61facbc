-- expect: load 1 pack.lua: the file is too large: a file may have 1 MiB
-- generate: ("-- nothing\n"):rep(100000)
@GENERATED@
