-- expect: rule 1 raised attack.lua:3: red  [31m
return { score = function()
  error("red \27[31m")
end }
