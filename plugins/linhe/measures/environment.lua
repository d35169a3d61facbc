-- 妇女与环境：策略措施 13 条。

return {
  task "environment_measure_1" {
    title = "加强妇女思想政治引领", lead = "publicity", units = { "federation" },
    checks = {
      "新时代文明实践中心、主流媒体、妇女之家阵地", "理想信念教育常态化制度化", "青年、知识、新兴产业和网络女性",
      "先进集体和个人的培养、评选、表彰、宣传", "各族妇女交往交流交融",
    },
    source = "environment_measure_1",
  },
  task "environment_measure_2" {
    title = "宣传先进性别文化", lead = "publicity", units = { "federation", "party_school", "education" },
    checks = {
      "宣传妇女独特作用、自尊自信自立自强、优秀典型", "各级干部学习妇女工作论述、妇女观、基本国策", "中小学性别平等教育",
    },
    source = "environment_measure_2",
  },
  task "environment_measure_3" {
    title = "共享文明创建和人居环境成果", lead = "publicity", units = { "culture", "agriculture" },
    checks = {
      "公共文化产品和服务供给", "妇女参与程度和满意度纳入文明城市评选", "参与文明职工、文明村镇创建",
      "农村人居环境整治、乡风培育", "城乡公共文化一体化，文化惠民工程",
    },
    source = "environment_measure_3",
  },
  task "environment_measure_4" {
    title = "文化传媒性别平等培训、评估和监管", lead = "publicity", units = { "culture", "cyberspace" },
    checks = {
      "文化传媒工作者和专业学生培训", "公共文化产品和传媒监测监管，性别专家参与评估", "消除歧视、侮辱、物化妇女现象",
      "网络名人和公众账号规范", "违规警示记录，线上预警、线下处置",
    },
    source = "environment_measure_4",
  },
  task "environment_measure_5" {
    title = "提高妇女媒介素养", lead = "cyberspace", units = { "federation", "education", "culture" },
    checks = {
      "妇女之家、图书馆、网络课堂培训", "信息选择判断，网络安全，消除性别数字鸿沟", "女生网络素养，防止沉迷",
      "老年、困难、残疾妇女网络技能", "争做巾帼好网民",
    },
    source = "environment_measure_5",
  },
  task "environment_measure_6" {
    title = "发挥妇女在生态文明中的作用", lead = "environment", units = { "federation", "natural_resources" },
    checks = {
      "生态文化宣传和实践", "环境科学素养", "绿色生产生活：机关、家庭、学校、社区、出行、消费",
      "杜绝餐饮浪费、垃圾分类", "退耕还林还草补贴政策",
    },
    source = "environment_measure_6",
  },
  task "environment_measure_7" {
    title = "改善生活环境质量", lead = "environment", units = { "health", "development" },
    indicators = { "pollutant_emissions" },
    checks = {
      "环境和健康监测，影响研究和评估", "清洁能源，垃圾减量化、资源化，节能环保产品", "大气污染分区管控",
      "工业污染源达标、交通运输、低空扬尘治理", "特别排放限值，多污染物协同，基本消除重污染天气",
    },
    source = "environment_measure_7",
  },
  task "environment_measure_8" {
    title = "保障城乡安全饮水", lead = "water", units = { "environment", "housing", "finance" },
    indicators = { "rural_tap_water", "urban_water_quality" },
    checks = {
      "妇女参与水源保护", "集中式水源规范化，水质监测，净化设施，达标运维", "城乡一体化、规模化农村供水",
      "供水财政投入，农村工程提升改造",
    },
    source = "environment_measure_8",
  },
  task "environment_measure_9" {
    title = "建设符合妇女需求的卫生厕所", lead = "housing", units = { "agriculture", "publicity", "culture" },
    indicators = { "rural_toilets", "public_toilet_standard" },
    checks = {
      "城镇公厕改造和设计标准", "男女厕位比例和达标率纳入文明城市、社区、村镇、单位、校园评选",
      "厕所革命，农村卫生厕所普及率和实际利用率", "粪污无害化、资源化", "景区、商场、客运枢纽、服务区第三卫生间",
    },
    source = "environment_measure_9",
  },
  task "environment_measure_10" {
    title = "持续改善人居环境", lead = "housing", units = { "agriculture", "environment" },
    checks = {
      "垃圾分类知识和公益宣传", "分类投放、收集、运输、处理系统，城乡试点", "农村人居环境提升、生活污水治理",
      "农户付费制度和补贴分担机制", "社会力量参与，分类主体纳入诚信体系",
    },
    source = "environment_measure_10",
  },
  task "environment_measure_11" {
    title = "突发事件中关切妇女需求", lead = "emergency", units = { "health", "civil_affairs" },
    checks = {
      "应急体系、处置机制、预案、规划考虑妇女", "女性卫生用品、孕产妇用品、医用物资优先", "应对知识和自救互救培训",
      "孕期、哺乳期和困难妇女", "救助服务和心理疏导", "妇女参与防灾减灾",
    },
    source = "environment_measure_11",
  },
  task "environment_measure_12" {
    title = "参与国内外妇女事务合作", lead = "federation",
    checks = {
      "国际公约和文件履行", "联合国2030年可持续发展议程性别目标", "妇女民间外交，“一带一路”", "向北开放桥头堡建设",
    },
    source = "environment_measure_12",
  },
  task "environment_measure_13" {
    title = "发挥妇联营造环境的作用", lead = "federation", units = { "publicity", "cyberspace" },
    checks = {
      "引领服务联系妇女机制", "全媒体矩阵宣传国策和妇女观", "妇女舆情监测，发声、督促处置、正面引导",
    },
    source = "environment_measure_13",
  },
}
