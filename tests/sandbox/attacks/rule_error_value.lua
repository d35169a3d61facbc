-- expect: rule 1 raised attack.lua:5: the error value is a @KIND@, not a text
-- for KIND, VALUE: table {}; nil nil; boolean false; function error; number 42
return { score = function()
  local value = @VALUE@
  error(value)
end }
