-- expect: rule 1 over_time attack.lua:2
return { formula = function()
  for _ in function() return 1 end do end
end }
