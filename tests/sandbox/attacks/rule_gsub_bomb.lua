-- expect: rule 1 over_memory attack.lua:2
return { formula = function()
  return #("x"):rep(10000):gsub("x", ("y"):rep(100000))
end }
