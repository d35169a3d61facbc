-- expect: load 1 pack.lua:3: * must be UTF-8 without control characters
-- for TEXT: \27[2J \7 \u{9b}2J \127 a\0b \xff \xed\xa0\x80
pack { id = "attack", title = "@TEXT@", region = "150802", version = "1.0.0", api = 1 }
