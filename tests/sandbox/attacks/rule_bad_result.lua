-- expect: rule 1 bad_result attack.lua:4
-- for PLACE: formula level score applies veto
-- for VALUE: 0/0; 1/0; -1/0; 1e300; {}; (function(t) t[1] = t return t end)({}); function() end; pcall; "\xff"; "a\0b"; ("x"):rep(5000)
return { @PLACE@ = function() return @VALUE@ end }
