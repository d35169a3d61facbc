-- Attacks on a real server: see tests/attacks/attacks.lua, loaded with the names that busted gives spec files.

assert(loadfile("tests/attacks/attacks.lua", "t", _ENV))()()
