-- What an included file returns is what include gives; running it twice would declare the fact twice.

fact "from_include" { title = "由包含的文件声明", unit = "次" }

return {
  gap = function(income_male, income_female) return income_male - income_female end,
}
