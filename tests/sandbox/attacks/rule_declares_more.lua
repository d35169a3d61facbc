-- expect: rule 1 * attack.lua:2
return { score = function()
  local function rule() return 1 end
  while true do item "i" { points = 1, score = rule } end
end }
