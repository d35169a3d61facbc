-- expect: rule 1 stuck
-- for CALL: find(pattern) match(pattern) gsub(pattern,"")
local pattern = (".-"):rep(60) .. "b"
return { formula = function()
  return ("a"):rep(100000):@CALL@
end }
