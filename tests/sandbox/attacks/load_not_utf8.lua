-- expect: load 1 pack.lua:2: pack: 'title' must be UTF-8 without control characters
pack { id = "attack", title = "\xff\xfe", region = "150802", version = "1.0.0", api = 1 }
