-- expect: load 1 pack.lua:3: the error text is not valid UTF-8
-- for TEXT: \xff a\0b
error("@TEXT@")
