-- expect: load 1 pack.lua:3: a rule must be a function written in the pack
-- for RULE: pcall error table.unpack pairs include deduct
item "i" { points = 1, score = @RULE@ }
