-- expect: rule 1 raised attack.lua:2: a rule cannot include a file
return { score = function() return include "no_such_file" end }
