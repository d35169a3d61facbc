-- expect: rule 1 raised attack.lua:3: pattern too complex
return { formula = function()
  return ("x"):rep(300000):find(("x?"):rep(300000) .. "y")
end }
