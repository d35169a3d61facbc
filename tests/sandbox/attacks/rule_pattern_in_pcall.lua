-- expect: rule 1 stuck
return { score = function()
  while true do pcall(string.find, ("a"):rep(100000), (".-"):rep(60) .. "b") end
end }
