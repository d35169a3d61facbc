-- expect: rule 1 over_time attack.lua:5
local function spin(depth)
  while true do pcall(depth > 0 and spin or error, depth - 1) end
end
return { score = function() spin(100) end }
