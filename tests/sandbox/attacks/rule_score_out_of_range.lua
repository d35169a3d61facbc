-- expect: rule 0
-- for VALUE: -1 51 1e15 -1e15
return { score = function() return @VALUE@ end }
