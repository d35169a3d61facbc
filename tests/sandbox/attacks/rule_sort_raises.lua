-- expect: rule 1 raised attack.lua:3: out of order
return { formula = function()
  table.sort({ 3, 2, 1 }, function() error("out of order") end)
end }
