-- expect: rule 1 over_time attack.lua:3
local function deeper(n) return 1 + deeper(n + 1) end
return { formula = function()
  while true do
    pcall(deeper, 1)
  end
end }
