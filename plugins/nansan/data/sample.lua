-- 样例数据的依据：scripts/samples/generate.lua 按此生成 observations.csv。
--
-- 指标后的两个数是起始年和 2016 年的水平，均为假设，不是公布数；没有写的，由目标推出。
-- first：起始年；gaps：中间年份缺报的机会；beside：其他区划也有。

return {
  seed = 2016, last = 2016,
  series = {
    -- 妇代会八项工作
    poor_women_visited = { 86, 86, first = 2016 },

    serious_rights_case = { none = true },
  },
}
