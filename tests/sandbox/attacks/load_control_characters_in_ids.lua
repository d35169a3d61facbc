-- expect: load 1 pack.lua:4: *
-- for CALL: unit; plan; indicator; warning; fact; assessment; item; veto
pack { id = "attack", title = "攻击", region = "150802", version = "1.0.0", api = 1 }
@CALL@ "\27[2J" {}
