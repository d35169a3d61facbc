-- expect: load 1 pack.lua:3: *
-- for PATH: ../good/pack ../../etc/passwd /etc/passwd ./pack pack.lua .. spec/../pack std/main declare C:\\pack other\\0
include "@PATH@"
