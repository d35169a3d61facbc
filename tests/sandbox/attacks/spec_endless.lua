-- expect: spec 1 spec/attack_spec.lua:4: used more than 10000 ms of CPU time
it("passes", function() assert.is_true(true) end)
it("does not end", function()
  while true do pcall(function() while true do end end) end
end)
