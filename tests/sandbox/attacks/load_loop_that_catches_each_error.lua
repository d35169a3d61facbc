-- expect: load 1 pack.lua:4: used more than * ms of CPU time
-- A loop that catches what stops it, over and over.
while true do
  pcall(function() while true do end end)
end
