-- expect: load 1 pack.lua:2: before  [2J after   31m
error("before \27[2J after \u{9b}31m\r")
