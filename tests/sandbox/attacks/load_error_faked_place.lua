-- expect: load 1 pack.lua:3: @FAKE@
-- for FAKE: other.lua:99: x; pack.lua:99: x; std/main:1: x; /etc/passwd:1: x
error("@FAKE@", 0)
