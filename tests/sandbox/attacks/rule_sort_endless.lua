-- expect: rule 1 over_time attack.lua:2
return { formula = function()
  table.sort({ 3, 2, 1 }, function() while true do end end)
end }
