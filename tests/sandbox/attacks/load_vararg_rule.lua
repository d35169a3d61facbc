-- expect: load 1 pack.lua:2: a rule names its inputs: `...` is not allowed
item "i" { points = 1, score = function(...) return ... end }
