-- 妇女参与决策和管理：策略措施 10 条。

-- “不降低”“相适应”是两个数之间的关系，各以一个数据项为准(本包自定)。
data "women_leaders_term_start" { title = "届初各级领导班子中的女干部比例", unit = "%", digits = 1 }
data "female_institution_employees" { title = "事业单位女职工占职工总数的比例", unit = "%", digits = 1 }

return {
  task "decision_measure_1" {
    title = "支持妇女参与决策和管理", lead = "organization", units = { "congress", "consultative" },
    checks = {
      "破除参与障碍", "领导干部国策意识培训，列入议程、提出举措",
      "党委、人大、政府、政协、党政部门女性比例", "企事业单位、基层自治组织、社会组织女性比例",
    },
    source = "decision_measure_1",
  },
  task "decision_measure_2" {
    title = "提高妇女参与意识和能力", lead = "organization", units = { "party_school", "federation", "civil_affairs" },
    indicators = { "women_councils" },
    checks = {
      "依法行使政治权利，参与民主决策", "党校（行政学院）培训女性领导干部", "年轻女性和基层妇女骨干培训",
      "参与村（居）民议事会、理事会", "城乡社区妇女议事会全覆盖、有效运行",
    },
    source = "decision_measure_2",
  },
  indicator "women_councils" {
    title = "城乡社区妇女议事会覆盖率", unit = "%", digits = 1, lead = "federation",
    target = full(), source = "decision_measure_2",
  },
  task "decision_measure_3" {
    title = "重视发展女党员", lead = "organization",
    indicators = { "female_party_delegates", "township_party_delegates" },
    checks = {
      "面向妇女的思想政治工作", "女性入党积极分子培养", "在各行业青年女性中发展党员", "党代表候选人酝酿中关注优秀妇女",
    },
    source = "decision_measure_3",
  },
  task "decision_measure_4" {
    title = "提高人大女代表、政协女委员比例", lead = "congress", units = { "consultative", "organization" },
    indicators = { "female_congress_deputies", "township_deputies", "female_congress_standing",
      "female_consultative_members", "female_consultative_standing" },
    checks = {
      "选区划分、名额分配、候选人推荐、选举的平等机会", "从基层、生产一线推荐，候选人有适当数量女性",
      "政协委员建议名单提名一定比例妇女", "女代表、女委员发挥作用",
    },
    source = "decision_measure_4",
  },
  task "decision_measure_5" {
    title = "培养选拔女干部", lead = "organization",
    indicators = { "government_women_leaders", "department_women_leaders", "townships_with_woman",
      "women_leaders_kept" },
    checks = {
      "专业化女干部，提高本领", "教育培训、交流任职、挂职锻炼机会", "从基层、生产一线选拔，到重要部门、关键岗位任职",
      "优秀年轻女干部", "应配尽配，届中调整女干部比例不降低", "录用、选拔、聘（任）用、晋升、退休不受性别歧视",
    },
    source = "decision_measure_5",
  },
  indicator "women_leaders_kept" {
    title = "届中调整后各级领导班子中的女干部比例", unit = "%", digits = 1, lead = "organization",
    target = not_below("women_leaders_term_start"), source = "decision_measure_5",
  },
  task "decision_measure_6" {
    title = "推动妇女参与基层社会治理", lead = "civil_affairs", units = { "organization", "federation" },
    indicators = { "female_village_committee", "female_village_heads", "female_residents_committee",
      "female_residents_heads" },
    checks = {
      "自治、法治、德治参与能力", "从致富能手、女教师、女医生、女社工等群体选拔村（社区）干部",
      "“两委”换届中女性书记培养选拔", "候选人提名、女委员专职专选、缺位增补", "妇女议事会，村规民约、居民公约修订",
      "新社会阶层、社会工作者、志愿者中的女性",
    },
    source = "decision_measure_6",
  },
  task "decision_measure_7" {
    title = "推动妇女参与事业单位管理", lead = "organization", units = { "labour" },
    indicators = { "institution_women_leaders", "institution_women_delegates", "institution_women_managers" },
    checks = {
      "职工代表大会女代表比例", "卫生、教育、文化等行业的决策管理层", "决策管理层女性比例与女职工比例相适应",
      "参与党建和群团组织建设", "晋升晋级、职称评聘平等",
    },
    source = "decision_measure_7",
  },
  indicator "institution_women_delegates" {
    title = "事业单位职工代表大会中的女代表比例", unit = "%", digits = 1, lead = "trade_unions",
    target = rises { per = "plan" }, source = "decision_measure_7",
  },
  indicator "institution_women_managers" {
    title = "事业单位决策管理人员中的女性比例", unit = "%", digits = 1, lead = "organization",
    target = not_below("female_institution_employees"), source = "decision_measure_7",
  },
  task "decision_measure_8" {
    title = "推动妇女参与企业管理", lead = "state_assets", units = { "organization", "trade_unions" },
    indicators = { "female_directors", "female_supervisors", "female_managers", "female_staff_delegates" },
    checks = {
      "女干部配备列入国有企业班子和队伍规划", "组织推荐、公开招聘、民主推荐进入董事会、监事会、管理层",
      "职代会女职工代表比例与女职工比例相适应", "制定制度听取工会女职工委员会意见",
    },
    source = "decision_measure_8",
  },
  task "decision_measure_9" {
    title = "支持妇女参与社会组织", lead = "civil_affairs",
    indicators = { "female_association_members", "female_association_heads" },
    checks = { "制度环境", "培育以女性为主体的社会组织，参与协商", "女性专业人才、管理人才和负责人培养" },
    source = "decision_measure_9",
  },
  task "decision_measure_10" {
    title = "发挥妇联在治理现代化中的作用", lead = "federation", units = { "organization" },
    checks = {
      "代表妇女参与国家、经济文化、社会事务管理", "民主决策、管理、监督和政策制定的制度保障",
      "制定政策和选拔女干部听取妇联意见",
    },
    source = "decision_measure_10",
  },
}
