-- Hostile rules: see tests/sandbox/attacks.lua, loaded with the names that busted gives spec files.

assert(loadfile("tests/sandbox/attacks.lua", "t", _ENV))()("rule", "replay")
