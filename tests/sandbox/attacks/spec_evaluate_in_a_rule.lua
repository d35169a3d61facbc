-- expect: spec 0 1 spec passed
-- A file included again while specs run sees `evaluate`.
it("ends", function()
  for _ = 1, 3 do evaluate { year = 2024, observations = { steady = 1 } } end
end)
