-- expect: rule 1 raised attack.lua:3: attempt to compare
return { formula = function()
  table.sort { 1, "2", {}, true }
end }
