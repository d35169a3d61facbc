-- expect: rule 1 raised attack.lua:3: pack.lua:1: it was not me
return { score = function()
  error("pack.lua:1: it was not me", 0)
end }
