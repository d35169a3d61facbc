-- expect: load 1 pack.lua:2: (an error text of 5000000 bytes)
error(("x"):rep(5000000))
