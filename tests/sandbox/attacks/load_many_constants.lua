-- expect: load 1 pack.lua:1: pack { … } is missing
-- generate: (function() local t = {} for i = 1, 60000 do t[i] = ("%d.5"):format(i) end return "local t = {" .. table.concat(t, ",") .. "}" end)()
@GENERATED@
