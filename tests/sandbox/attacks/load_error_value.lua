-- expect: load 1 pack.lua:3: the error value is a @KIND@, not a text
-- for KIND, VALUE: table {}; nil nil; boolean false; function error; number 42
error(@VALUE@)
