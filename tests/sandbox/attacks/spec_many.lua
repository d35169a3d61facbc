-- expect: spec 4 a spec report is malformed
for i = 1, 30000 do it("spec " .. i, function() end) end
