-- expect: rule 1 raised attack.lua:2: there is no file no_such_file.lua in the pack
return { score = function() return include "no_such_file" end }
