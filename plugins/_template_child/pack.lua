-- 继承“@PARENT_TITLE@”(@PARENT@)的评估包：所继承的一切都在，这里只写不同之处。
--
-- 所继承的评估包从相邻的文件夹 ../@PARENT@ 读取；没有该文件夹时，用工作区中已激活的 @PARENT@。
-- 改完运行 biaochi pack check、biaochi pack test;biaochi pack diff 列出与 @PARENT@ 的全部不同。
-- 写法见 plugins/README.md 的“继承”一节。

-- 必须最先出现。口径、评估范围等不写即沿用 @PARENT@ 的。
pack {
  id = "@ID@",
  extends = "@PARENT@",
  title = "@TITLE@",
  region = "@REGION@",
  version = "1.0.0",
  api = 1,
}

-- 修改：只写要改的字段，其余不变；none 清除一个字段。去掉行首的 -- 即生效。
--
-- override.@KIND@ "@SHOWN@" { title = "@SHOWN_TITLE@" }

-- 新增：与普通评估包写法相同。
--
-- fact "visits" { title = "入户走访次数", unit = "次", default = 0, digits = 0 }

-- 删除：
--
-- remove.warning "off_track"
