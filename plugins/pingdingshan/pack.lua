-- 平顶山市“两规划”(2011—2020年)中期评估与年度考核。
--
-- 依据文件只公布了结果：妇女发展规划达标率 89.65%,儿童发展规划达标率 96.22%,没有列出指标、
-- 目标值和各县(市、区)的数据。因此本包：
--   * 指标清单按 2011—2020 年国家和河南省两个规划的领域选取，妇女规划 29 项、儿童规划 53 项；
--     目标值和各年数值为本包自定，数值标为样例(sample)。按这些数据，2015 年妇女规划达标 26 项、
--     儿童规划达标 51 项，算出的达标率就是公布的 89.65% 和 96.22%。
--   * 两个达标率都是截尾到两位小数的结果：26/29 = 0.896551…,四舍五入会是 89.66%;
--     51/53 = 0.962264…,四舍五入会是 96.23%。所以口径取 truncate。
--   * 文件中写明的数(77 所亲情家园、1012 场次宣传、1177 万元等)原样录入，标为公布(stated)。
--   * 考核办法文件只说“目标管理责任书”“百分制综合考核”，项目和分值为本包自定，
--     项目名称取自文件中写到的工作。
--   * 文件的各段列在 document.lua,五项措施列在 measures.lua,各声明的 source 指明依据哪一段。

pack {
  id = "pingdingshan",
  title = "平顶山市妇女儿童发展规划",
  region = "410400",
  version = "1.1.0",
  api = 1,
  covers = "children",
  source = "《平顶山市采取五项措施 强力推动“两规划”实施》，2016年3月4日",
  conventions = {
    rounding = "truncate",
    digits = 2,
    at = "final",
    no_data = "excluded",
    near_counts = false,
    expected_counts = false,
    count_evidence = true,
    -- 没有建家园任务的区，该项分值摊到其余各项。
    inapplicable = "redistributed",
  },
}

include "document"

-- 文件只写市妇儿工委和“各成员单位”，没有点名：除市妇儿工委办公室外，以下按指标的职能选定，本包自定。
unit "committee_office" { title = "市妇儿工委办公室" }
unit "organization" { title = "市委组织部" }
unit "health" { title = "市卫计委" }
unit "education" { title = "市教育局" }
unit "labour" { title = "市人社局" }
unit "civil_affairs" { title = "市民政局" }
unit "finance" { title = "市财政局" }
unit "statistics" { title = "市统计局" }
unit "police" { title = "市公安局" }
unit "justice" { title = "市司法局" }
unit "court" { title = "市中级人民法院" }
unit "water" { title = "市水利局" }
unit "culture" { title = "市文广新局" }
unit "sport" { title = "市体育局" }
unit "trade_unions" { title = "市总工会" }
unit "federation" { title = "市妇联" }
unit "disabled" { title = "市残联" }

include "published"
include "women"
include "children"
include "facts"
include "measures"
include "county_assessment"
include "unit_assessment"
include "warnings"
