-- 妇女与法律：策略措施 12 条。

return {
  task "law_measure_1" {
    title = "宪法原则和基本国策贯穿法治临河", lead = "politics_law", units = { "justice", "procuratorate", "court", "congress" },
    checks = {
      "民法典、妇女权益保障法、自治区反家庭暴力条例实施，执法检查和督办", "侵害妇女权益案件公正处理", "妇女权益公益诉讼",
      "纳入基层治理、法治队伍、全民普法、法治文化",
    },
    source = "law_measure_1",
  },
  task "law_measure_2" {
    title = "法规政策性别平等评估", lead = "committee_office", units = { "justice", "federation" },
    checks = {
      "评估范围、标准、流程、指标", "制定前研判、决策中贯彻、实施后评估", "评估培训和专业队伍",
    },
    source = "law_measure_2",
  },
  task "law_measure_3" {
    title = "提升妇女法治意识和能力", lead = "justice", units = { "federation" },
    checks = { "专项普法，法治思维", "谁执法谁普法，法律咨询", "妇女参与司法和普法" },
    source = "law_measure_3",
  },
  task "law_measure_4" {
    title = "加大反家庭暴力实施力度", lead = "police", units = { "court", "civil_affairs", "justice", "federation" },
    checks = {
      "零容忍宣传，依法处置", "多部门协调联动机制", "强制报告、紧急庇护、告诫、人身保护令", "社区网格化重点监控",
      "家庭暴力警情、告诫书统计", "施暴人刑事责任，从严处理恶性案件", "人身保护令及时签发、执行", "庇护场所管理和服务",
      "受害妇女心理和生活救助", "施暴者教育矫治", "后续跟踪回访", "业务培训和统计，公诉和监督问责探索",
    },
    source = "law_measure_4",
  },
  task "law_measure_5" {
    title = "打击拐卖妇女犯罪", lead = "police", units = { "civil_affairs", "federation" },
    checks = {
      "预防、打击、救助、安置、康复一体机制", "多部门协同、群防群治", "反对拐卖人口行动计划，现代侦查技术",
      "重点地区和买方市场整治", "解救和融入社会",
    },
    source = "law_measure_5",
  },
  task "law_measure_6" {
    title = "打击组织、强迫、引诱卖淫等犯罪", lead = "police", units = { "cyberspace", "politics_law" },
    checks = {
      "网络治理，违法信息过滤、举报", "利用网络犯罪", "强迫、引诱幼女和智力残疾妇女犯罪", "常态化整治和群众举报",
    },
    source = "law_measure_6",
  },
  task "law_measure_7" {
    title = "惩处强奸、猥亵、侮辱妇女犯罪", lead = "police", units = { "procuratorate", "court", "education", "federation" },
    checks = {
      "防性侵教育", "重点人群关爱、案件发现报告、多部门联防联动、案件督查", "一次性取证，避免二次伤害",
      "清理淫秽色情信息", "网络平台犯罪", "人员信息库和从业限制", "隐私保护、心理疏导和干预",
    },
    source = "law_measure_7",
  },
  task "law_measure_8" {
    title = "预防和制止性骚扰", lead = "police", units = { "federation", "trade_unions", "education" },
    checks = {
      "防治知识传播", "工作机制，联防联控，典型案例", "公共、工作、学习场所",
      "机关、企业、学校预防、受理投诉、调查处置，防止利用职权骚扰",
    },
    source = "law_measure_8",
  },
  task "law_measure_9" {
    title = "防范网络侵害妇女", lead = "cyberspace", units = { "police", "justice" },
    checks = {
      "网络内容生态治理，色情信息查处", "猥亵、侮辱、诽谤、性骚扰、造谣、侵犯隐私", "平台规范，个人信息安全和非法买卖惩治",
      "依法治网、以德润网", "法律七进和普法品牌", "防范电信网络诈骗",
    },
    source = "law_measure_9",
  },
  task "law_measure_10" {
    title = "保障婚姻继承案件中的财产权益", lead = "court",
    checks = {
      "家庭财产占有、使用、收益、处分", "夫妻互相继承、子女平等继承", "共同财产知情权、处理权，债务认定清偿",
      "土地、房屋、股份权益", "家务补偿、困难帮助、损害赔偿",
    },
    source = "law_measure_10",
  },
  task "law_measure_11" {
    title = "提供优质公共法律服务", lead = "justice", units = { "court", "federation" },
    checks = {
      "枫桥经验，诉求通道，信访", "人民、行政、司法调解联动", "实体、热线、网络平台融合",
      "低收入、老年、残疾、单亲困难妇女重点保障", "法律援助条件放宽、事项增加", "诉讼代理和维权指导",
      "维权岗、社会组织、律师和法务队伍", "司法救助",
    },
    source = "law_measure_11",
  },
  task "law_measure_12" {
    title = "发挥妇联维权职能", lead = "federation",
    checks = {
      "联合约谈、联席会议、信息通报、调研督查、发布案例", "“12338”妇女维权热线", "发现报告侵权，建议查处、协助办案",
      "服务阵地和妇联执委作用",
    },
    source = "law_measure_12",
  },
}
