-- expect: rule 1 raised attack.lua:4: a rule cannot declare anything
return { score = function()
  local function rule() return 1 end
  while true do item "i" { points = 1, score = rule } end
end }
