-- The pack API in one table. From it come the checks at load, the reference in plugins/README.md,
-- the editor stubs in scripts/meta and the test that nothing is undocumented or untested.
--
-- declarations  what a pack may declare; `fields` are checked by name and type when it is loaded
-- inheritance   what a pack that extends another may do with what it inherits
-- targets       constructors of target values
-- scoring       helpers for rules
-- inputs        names a rule may take as parameters, with the places (`on`) where they mean something
-- conventions   the choices of 口径, with their defaults
-- specs         what spec/*_spec.lua may call
-- offered       what is left of Lua's own library
--
-- Field types: text, id, number, integer, boolean, rule (a function of named inputs), target,
-- targets (target sets by name), years (numbers by year), year_list (years, ascending), grades,
-- conventions, ids (array of ids),
-- message (text with {input} in braces), texts (array), integers (array), due (a date), unit_id and
-- unit_ids (declared units), member_ids (declared indicators, objectives, tasks, data, facts),
-- source (clauses), or a list of allowed texts.

local api = { version = 1 }

local function field(name, kind, required, en, zh)
  return { name = name, type = kind, required = required, en = en, zh = zh }
end

-- What most declarations carry.
local BETTER = field("better", { "higher", "lower" }, false,
  "whether more of it or less is better, for `pack check --properties`; left out: neither",
  "数大为好（higher）还是数小为好（lower），供 pack check --properties 检查；不写则不分好坏")
local SOURCE = field("source", "source", false,
  "clause of the source document, or an array of them; where no document is declared, a text",
  "依据条款的标识，可为数组；没有声明 document 时为文本")
local UNITS = field("units", "unit_ids", false, "units responsible beside the lead", "责任单位（牵头单位之外）")
local DUE = field("due", "due", false, 'when it is due: "2020", "2020-12", "2020-12-31", or "05-19" each year',
  '期限："2020"、"2020-12"、"2020-12-31"，每年的某日写作 "05-19"')
local LEAD = field("lead", "unit_id", false, "lead unit", "牵头单位")
local TITLE = field("title", "text", true, "name", "名称")
local NOTE = field("note", "text", false, "what else is to be known about it", "其他说明")
local PLAN = field("plan", "id", false, "the plan it belongs to", "所属规划")
local YEAR = field("year", "integer", false, "the year it is about", "所属年份")
local INDICATORS = field("indicators", "member_ids", false, "indicators that show how far it has come", "反映其进展的指标")
local CHECKS = field("checks", "texts", false, "what is checked", "检查内容")

local LEVELS = { "red", "orange", "yellow", "blue" }
local COVERS = { "self", "children", "subtree" }

api.declarations = {
  {
    name = "pack", form = "pack { … }",
    en = "Opens the pack: who it is and which regions it speaks for. Must come first, once.",
    zh = "声明评估包：它是谁、管哪些行政区划。必须最先出现，且只出现一次。",
    fields = {
      field("id", "id", true, "name of the pack", "评估包标识"),
      field("title", "text", true, "name shown to people", "显示名称"),
      field("region", "text", true, "code of the region (GB/T 2260; 000000 is the nation)",
        "行政区划代码（GB/T 2260;000000 为全国）"),
      field("version", "text", true, "version, three numbers", "版本号，三段数字"),
      field("api", "integer", true, "version of this API: 1", "接口版本：1"),
      field("covers", COVERS, false, "regions evaluated: the region itself, also its children, or all below it",
        "评估范围：本级、本级及下一级、本级及以下各级；默认 self"),
      field("conventions", "conventions", false, "conventions for the whole pack", "全包口径"),
      field("figures", "ids", false,
        "figures kept for every indicator beside value, target, progress, pace and those that rules name; "
        .. "default { \"forecast\", \"reach_year\" }",
        "除 value、target、progress、pace 和规则用到的数值外，另为每个指标保存的数值；"
        .. "默认 { \"forecast\", \"reach_year\" }"),
      field("extends", "id", false, "the pack it builds on; see inheritance below", "所继承的评估包；见下文“继承”"),
      field("terms", "year_list", false, "years in which a term of office begins, ascending",
        "各届任期的起始年，由小到大"),
      field("source", "text", false, "the document the pack implements", "依据文件"),
    },
    example = 'pack { id = "example", title = "示例区", region = "150802", version = "1.0.0", api = 1 }',
  },
  {
    name = "include", form = 'include "name"',
    en = "Runs another file of the pack once and gives what it returns; \"health\" is health.lua.",
    zh = "执行包内另一个文件（只执行一次），返回其返回值；\"health\" 即 health.lua。",
    fields = {},
    example = 'include "health"',
  },
  {
    name = "unit", form = 'unit "id" { … }',
    en = "Declares a member unit; leads of indicators and unit assessments name it by id.",
    zh = "声明成员单位（责任单位）；指标的牵头单位和单位考核用其标识引用。",
    fields = { field("title", "text", true, "name of the unit", "单位名称"), SOURCE },
    example = 'unit "health" { title = "市卫生健康委" }',
  },
  {
    name = "breakdown", form = 'breakdown "id" { … }',
    en = "Declares a breakdown beside the built-in female, male, urban and rural.",
    zh = "声明一种分组；female、male、urban、rural 已内置。",
    fields = {
      field("title", "text", true, "name of the group", "分组名称"),
      field("splits", "id", false,
        "what it is a part of, such as \"age\": the breakdowns that say the same are the parts of one whole",
        "所属的划分，如 \"age\"：同一划分的各组合起来是全体"),
      SOURCE,
    },
    example = 'breakdown "under5" { title = "5岁以下", splits = "age" }',
  },
  {
    name = "data", form = 'data "id" { … }',
    en = "Declares a figure that is collected only as an input of formulas.",
    zh = "声明数据项：只作为公式输入而采集的数。",
    fields = {
      field("title", "text", true, "name", "名称"),
      field("unit", "text", true, "unit of measure", "计量单位"),
      field("digits", "integer", false, "digits printed behind the point", "小数位数"),
      BETTER,
      SOURCE,
      field("additive", "boolean", false, "true: its breakdowns add up to the whole, as numbers of people do",
        "true：各分组之和等于合计，如人数"),
    },
    example = 'data "income_male" { title = "男性平均收入", unit = "元" }',
  },
  {
    name = "fact", form = 'fact "id" { … }',
    en = "Declares a fact of the year's work that assessments use, such as late submissions.",
    zh = "声明年度工作事实，供考核使用，如迟报次数。",
    fields = {
      field("title", "text", true, "name", "名称"),
      field("unit", "text", true, "unit of measure", "计量单位"),
      field("default", "number", false, "value where nothing was entered; left out: missing",
        "没有填报时的取值；不写则为缺失"),
      field("digits", "integer", false, "digits printed behind the point", "小数位数"),
      BETTER,
      SOURCE,
      field("additive", "boolean", false, "true: its breakdowns add up to the whole, as numbers of people do",
        "true：各分组之和等于合计，如人数"),
    },
    example = 'fact "late_submissions" { title = "迟报次数", unit = "次", default = 0 }',
  },
  {
    name = "plan", form = 'plan "id" { … }',
    en = "Declares a development plan and gives it back; its domains are declared on it.",
    zh = "声明一个发展规划并返回它；领域在它上面声明。",
    fields = {
      field("title", "text", true, "name", "名称"),
      field("from", "integer", true, "first year", "起始年"),
      field("to", "integer", true, "last year, when final targets are due", "终期年（目标值的期限）"),
      field("baseline", "integer", true, "year of the baseline values", "基期年"),
      field("terms", "year_list", false, "terms of office that differ from the pack's", "与全包不同的各届起始年"),
      field("conventions", "conventions", false, "conventions that differ from the pack's",
        "与全包不同的口径"),
      SOURCE,
    },
    example = 'local women = plan "women" { title = "妇女发展规划", from = 2021, to = 2030, baseline = 2020 }',
  },
  {
    name = "domain", form = 'PLAN:domain "id" { … } { indicators and objectives }',
    en = "Declares a domain of a plan, then lists what is in it.",
    zh = "声明规划的一个领域，并列出其中的指标和主要目标。",
    fields = { field("title", "text", true, "name", "名称"), SOURCE },
    example = [[
women:domain "health" { title = "妇女与健康" } {
  indicator "screening" { title = "宫颈癌筛查率", unit = "%", target = at_least(70), lead = "health" },
}]],
  },
  {
    name = "indicator", form = 'indicator "id" { … }',
    en = "Declares a quantified indicator inside a domain.",
    zh = "在领域内声明一个可量化指标。",
    fields = {
      field("title", "text", true, "name", "名称"),
      field("unit", "text", true, "unit of measure", "计量单位"),
      field("lead", "text", true, "lead unit: the id of a declared unit, or free text when none is declared",
        "牵头单位：已声明单位的标识；没有声明任何单位时可直接写名称"),
      field("target", "target", false, "final target; this or `targets` is required", "终期目标；与 targets 二者必有其一"),
      field("targets", "targets", false, "several target sets; `own` is the one that counts",
        "多套目标，以 own 为准"),
      field("milestones", "years", false, "targets due in earlier years", "年度目标"),
      field("baseline", "number", false, "baseline where no observation gives it", "没有观测值时的基期值"),
      field("formula", "rule", false, "derives the value from other figures", "由其他数据推算的公式"),
      field("partial", "boolean", false, "true: the formula is called although some of its inputs are missing (nil)",
        "true：部分输入缺失（nil）时仍调用公式"),
      field("counts", "id", false, "the figure that counts the events of a rate, such as deaths; gives count_low and count_high",
        "比率的事件数（如死亡人数）；据此给出 count_low、count_high"),
      field("among", "id", false, "the figure they happen among, such as live births; needs `counts` and `per`",
        "事件发生的总体（如活产数）；须与 counts、per 一起使用"),
      field("per", "number", false, "what the rate is per, such as 100000", "比率的基数，如 100000"),
      field("forecast", { "ols", "theil_sen", "cagr", "holt", "gm11", "least_error" }, false,
        "forecast method, ols when left out", "预测方法，默认 ols"),
      field("digits", "integer", false, "digits printed behind the point and compared with the target",
        "打印并与目标比较时的小数位数"),
      field("additive", "boolean", false, "true: its breakdowns add up to the whole, as numbers of people do",
        "true：各分组之和等于合计，如人数"),
      field("applies_to", "ids", false, "codes of the regions it applies to; all when left out",
        "适用的行政区划代码；不写则全部适用"),
      field("conventions", "conventions", false, "conventions that differ from the plan's", "与规划不同的口径"),
      UNITS, DUE, NOTE, SOURCE,
    },
    example = 'indicator "screening" { title = "宫颈癌筛查率", unit = "%", target = at_least(70), lead = "health" }',
  },
  {
    name = "objective", form = 'objective "id" { … }',
    en = "Declares an objective without a number; it is met once evidence was entered as 1.",
    zh = "声明没有数值的主要目标；填报佐证（值为 1）后即为达标。",
    fields = {
      field("title", "text", true, "name", "名称"),
      field("lead", "text", true, "lead unit", "牵头单位"),
      field("evidence", "boolean", true, "true: shown by evidence", "true：以佐证材料证明"),
      field("applies_to", "ids", false, "codes of the regions it applies to", "适用的行政区划代码"),
      UNITS, DUE, NOTE, SOURCE,
    },
    example = 'objective "awareness" { title = "健康素养水平提高", evidence = true, lead = "health" }',
  },
  {
    name = "warning", form = 'warning "id" { … }',
    en = "Declares a warning on every indicator, on every plan, or on the region.",
    zh = "声明预警：对每个指标、每个规划或行政区划判定。",
    fields = {
      field("title", "text", true, "name", "名称"),
      field("on", { "indicator", "plan", "region" }, true, "what it is judged on", "判定对象"),
      field("level", "rule", true, "gives \"red\", \"orange\", \"yellow\", \"blue\" or nil",
        "返回 red、orange、yellow、blue 或 nil"),
      field("message", "message", false, "text with inputs in braces: \"{value}, target {target}\"",
        "提示语，花括号内写输入名：\"{value}，目标 {target}\""),
      field("hold", "integer", false, "years in a row it must hold, 1 when left out", "须连续成立的年数，默认 1"),
      field("only", "ids", false, "indicators or plans it is limited to", "仅限这些指标或规划"),
      SOURCE,
    },
    example = [[
warning "off_track" {
  title = "预计达标困难", on = "indicator", message = "现值 {value}，目标 {target}",
  level = function(status, on_track)
    if status == "unmet" and on_track == false then return "orange" end
  end,
}]],
  },
  {
    name = "assessment", form = 'assessment "id" { …, items and vetoes }',
    en = "Declares an assessment with its items, vetoes and grades.",
    zh = "声明一项考核：考核项、一票否决和等次。",
    fields = {
      field("title", "text", true, "name", "名称"),
      field("of", { "region", "self", "children", "unit" }, true,
        "who is assessed: every region covered, the pack's region, its children, its units",
        "考核对象：所有覆盖区划、本级、下一级、成员单位"),
      field("points", "number", true, "points in all; the items' points must sum to it", "总分；各项分值之和必须等于它"),
      field("grades", "grades", true, "grades as { from points, name }, best first; the last begins at 0",
        "等次 { 起始分， 名称 }，由高到低，最后一档从 0 起"),
      field("plan", "id", false, "the plan that `attainment` and its like mean", "attainment 等所指的规划"),
      field("only", "unit_ids", false, "of units: those assessed; all when left out", "对象为成员单位时，只考核这些单位；不写则全部"),
      SOURCE,
    },
    example = [[
assessment "annual" {
  title = "年度综合考核", of = "region", points = 100, grades = { { 80, "良好" }, { 0, "一般" } },
  item "targets" { points = 60, score = function(points, attainment_women) return proportion(points, attainment_women, 1) end },
  item "reporting" { points = 40, score = function(points, late_submissions) return deduct(points, late_submissions) end },
}]],
  },
  {
    name = "item", form = 'item "id" { … }',
    en = "Declares an item of an assessment, with a score rule or with items inside it.",
    zh = "声明考核项：有计分规则，或内含下级考核项。",
    fields = {
      field("title", "text", false, "name, the id when left out", "名称，默认为标识"),
      field("points", "number", true, "points at most", "分值"),
      field("score", "rule", false, "gives the points earned, or nil when data is missing",
        "返回得分；数据缺失时返回 nil"),
      field("applies", "rule", false, "gives false where the item does not apply", "不适用时返回 false"),
      field("cliff", "number", false,
        "most points the score may jump when one input changes by its last printed digit; a tenth of the points, "
        .. "or the weight of one indicator in an attainment rate, when left out",
        "某一输入只变动末位一个数时，得分至多可跳变的分数；不写则为分值的十分之一，或达标率中一个指标所占的分数"),
      field("may_fall", "text", false,
        "why a better figure may lower this score, where the scheme means it so; the property check then lists the "
        .. "reason and reports no such fall of the item",
        "办法本意如此时，写明数据变好得分为何可能下降；性质检查列出这一理由，不再把该项的下降报为问题"),
      SOURCE,
    },
    example = 'item "targets" { points = 60, score = function(points, attainment_women) return proportion(points, attainment_women, 1) end }',
  },
  {
    name = "veto", form = 'veto "id" { … }',
    en = "Declares a condition that sets the grade whatever the score.",
    zh = "声明一票否决：条件成立时直接定等次。",
    fields = {
      field("title", "text", false, "name, the id when left out", "名称，默认为标识"),
      field("when", "rule", true, "gives true when it strikes", "成立时返回 true"),
      field("grade", "text", true, "the grade it sets", "所定等次"),
      SOURCE,
    },
    example = 'veto "fraud" { when = function(falsified) return falsified > 0 end, grade = "不合格" }',
  },
  {
    name = "task", form = 'task "id" { … }',
    en = "Declares a task inside a domain; like an objective it is met once evidence was entered as 1.",
    zh = "在领域内声明一项工作任务；与定性目标一样，填报佐证（值为 1）后即为完成。",
    fields = {
      TITLE, field("lead", "text", true, "lead unit", "牵头单位"), UNITS,
      field("from", "integer", false, "first year", "起始年"), field("to", "integer", false, "last year", "终止年"),
      DUE, INDICATORS, CHECKS, field("applies_to", "ids", false, "codes of the regions it applies to", "适用的行政区划代码"),
      field("digits", "integer", false, "digits printed behind the point, for progress entered between 0 and 1; 0 when left out",
        "小数位数，用于填报 0 到 1 之间的进度；默认 0"),
      NOTE, SOURCE,
    },
    example = 'task "hotline" { title = "开通维权热线", lead = "justice", units = { "federation" }, due = "2020" }',
  },
  {
    name = "document", form = 'document "id" { … } { clauses }',
    en = "Declares a document the pack carries, then lists its clauses; `pack coverage` shows what carries each.",
    zh = "声明评估包所依据的文件，并列出其条款；pack coverage 显示每条由哪些内容落实。",
    fields = {
      TITLE, field("issued", "text", false, "date it was issued", "印发日期"),
      field("by", "text", false, "who issued it", "印发机关"), NOTE,
    },
    example = 'document "outline" { title = "妇女发展规划" } { clause "g1" { at = "一、1", title = "宫颈癌筛查率" } }',
  },
  {
    name = "clause", form = 'clause "id" { … }',
    en = "One clause of a document, with the figures it states; everything declared names its clauses in `source`.",
    zh = "文件的一条，连同其中写明的数字；各项声明用 source 指明所落实的条款。",
    fields = {
      field("at", "text", true, "where it stands in the document", "在文件中的位置"), TITLE,
      field("states", "texts", false,
        'figures as written, such as "93%"; each must be found in a field of what carries the clause',
        '写明的数字，如 "93%"、"12/10万"；每个数字都须见于落实该条的声明'),
      field("background", "text", false, "why nothing follows from it; such a clause needs nothing to carry it",
        "为何不产生任务（背景、回顾等）；这样的条款无须落实"),
    },
    example = 'clause "g1" { at = "一、1", title = "孕产妇死亡率", states = { "12/10万" } }',
  },
  {
    name = "form", form = 'form "id" { … }',
    en = "Declares a table that units fill in by a date.",
    zh = "声明一张报表：由哪些单位在何时之前填报。",
    fields = {
      TITLE, DUE, YEAR, PLAN, field("rows", "member_ids", false, "indicators that are its rows", "作为各行的指标"),
      field("columns", "texts", false, "its columns", "各栏"), field("by", "unit_ids", false, "who fills it in", "填报单位"),
      field("to", "unit_id", false, "who receives it", "报送至"),
      field("explains", "text", false, "what must be explained beside it", "须附的说明"),
      field("compare", "text", false, "what it is set beside", "与何对照"), NOTE, SOURCE,
    },
    example = 'form "warning_table" { title = "监测预警表", due = "05-19", rows = { "screening" }, by = { "health" } }',
  },
  {
    name = "report", form = 'report "id" { … }',
    en = "Declares a written report, its parts and when it is due.",
    zh = "声明一份书面报告：由哪些部分组成、何时报送。",
    fields = {
      TITLE, DUE, YEAR, PLAN, field("by", "unit_ids", false, "who writes it", "撰写单位"),
      field("to", "unit_id", false, "who receives it", "报送至"), field("parts", "texts", false, "its parts, in order", "各部分，按顺序"),
      field("copies", "integer", false, "printed copies", "纸质份数"),
      field("delivery", "texts", false, "ways it is delivered", "报送方式"), NOTE, SOURCE,
    },
    example = 'report "unit_report" { title = "单位监测报告", due = "05-25", by = { "health" }, parts = { "进展", "建议" } }',
  },
  {
    name = "group", form = 'group "id" { … }',
    en = "Declares a body of several units, such as a leading or a monitoring group, and what it does.",
    zh = "声明由若干单位组成的机构（领导小组、监测组、评估组等）及其职责。",
    fields = {
      TITLE, LEAD, field("members", "texts", false, "its members: ids of units, or texts", "成员：单位标识或文本"),
      field("duties", "texts", false, "what it does", "职责"), NOTE, SOURCE,
    },
    example = 'group "monitoring" { title = "监测组", lead = "statistics", duties = { "年度监测" } }',
  },
  {
    name = "procedure", form = 'procedure "id" { … }',
    en = "Declares how something is done, step by step.",
    zh = "声明一项工作的步骤。",
    fields = {
      TITLE, LEAD, UNITS, field("steps", "texts", true, "its steps, in order", "步骤，按顺序"), NOTE, SOURCE,
    },
    example = 'procedure "aid" { title = "救助金发放", lead = "federation", steps = { "申报", "审核", "发放" } }',
  },
  {
    name = "fund", form = 'fund "id" { … }',
    en = "Declares a fund: who pays, how it is kept and what is checked.",
    zh = "声明一项资金：由谁出资、如何管理、检查什么。",
    fields = {
      TITLE, LEAD, UNITS, field("levels", "texts", false, "who pays into it", "出资层级"),
      field("account", "text", false, "how it is kept", "账户管理"),
      field("steps", "texts", false, "how it is paid out, in order", "发放步骤，按顺序"), CHECKS, INDICATORS, NOTE, SOURCE,
    },
    example = 'fund "screening_fund" { title = "检查配套资金", levels = { "省", "市", "县" }, account = "专账管理" }',
  },
  {
    name = "event", form = 'event "id" { … }',
    en = "Declares a dated or recurring duty: a meeting, a visit, a check, a festival.",
    zh = "声明定期或有日期的工作：会议、督导、检查、节日活动等。",
    fields = {
      TITLE, LEAD, UNITS,
      field("every", { "year", "half_year", "quarter", "month", "term", "once", "occasion" }, false, "how often", "频次"),
      field("every_years", "integer", false, "years from one to the next", "间隔年数"),
      field("times", "integers", false, "times in each, or from how many to how many", "每期次数，或次数的下限和上限"),
      field("months", "integers", false, "months it falls in", "所在月份"), DUE,
      field("from", "integer", false, "first year", "起始年"), field("to", "integer", false, "last year", "终止年"),
      INDICATORS, CHECKS, NOTE, SOURCE,
    },
    example = 'event "hearing" { title = "常务会议听取汇报", every = "year", times = { 1, 2 }, lead = "office" }',
  },
}

-- What a pack that extends another may do with what is inherited; KIND is any declaration above.
api.inheritance = {
  {
    name = "override", form = 'override.KIND "id" { fields }',
    en = "Replaces the named fields of an inherited declaration; conventions one by one, everything else whole. "
      .. "Items and vetoes in the braces are added to an assessment or item; a plan is given back, so that domains "
      .. "can be added to it; a domain or document takes what is added in a second pair of braces.",
    zh = "替换所继承声明的具名字段：口径逐项替换，其余整个替换。考核和考核项花括号内的考核项、一票否决追加在后；"
      .. "规划会被返回，可继续声明领域；领域和文件所追加的内容写在第二对花括号内。",
    example = 'override.indicator "screening" { target = at_least(80), milestones = none }',
  },
  {
    name = "remove", form = 'remove.KIND "id"',
    en = "Removes an inherited declaration with all it holds; an id may then be declared anew.",
    zh = "删除所继承的声明及其所含内容；之后该标识可重新声明。",
    example = 'remove.item "annual.innovation"',
  },
  {
    name = "none", form = "none",
    en = "The value that clears a field, in an override or in a pack that extends another.",
    zh = "在 override 或有 extends 的 pack 中，清除字段的值。",
    example = 'override.indicator "screening" { milestones = none }',
  },
}

local function constructor(name, parameters, en, zh)
  return { name = name, parameters = parameters, en = en, zh = zh }
end

api.targets = {
  constructor("at_least", { "value" }, "met at this value or more", "达到该值及以上"),
  constructor("at_most", { "value" }, "met at this value or less", "控制在该值及以下"),
  constructor("above", { "value" }, "met only above this value", "高于该值"),
  constructor("below", { "value" }, "met only below this value", "低于该值"),
  constructor("around", { "value", "tolerance" }, "met within the tolerance on either side",
    "在该值左右（容差之内）"),
  constructor("within", { "low", "high", "outer_low", "outer_high" },
    "met from low to high; near-met up to the outer limits", "在区间内达标，在外限内为基本达标"),
  constructor("keeps_at_least", { "value" },
    "met when this year and every observed year of the plan reach the value", "稳定在该值以上：规划期内各年都达到"),
  constructor("rises", { "options" },
    'met when above the period before; { per = "year" } by default, "term" (the last value before this term of '
      .. 'office began; where no `terms` are declared, of five years ago or { years = n }) or "plan" (above the baseline)',
    '较上期提高；per 可为 "year"（默认）、"term"（较本届开始前的最后一个值；未声明 terms 时较五年前，可用 years 指定）、'
      .. '"plan"（较基期）'),
  constructor("falls", { "options" }, "met when below the period before; options as for rises",
    "较上期降低；选项同 rises"),
  constructor("slows", {}, "met when the rise on last year is smaller than the rise before it",
    "上升趋势减缓：本年增幅小于上年增幅"),
  constructor("narrows", { "options" },
    'met when the gap is smaller in size; per = "plan" by default, options as for rises',
    '差距缩小（按绝对值）；默认较基期，选项同 rises'),
  constructor("not_below", { "indicator", "margin" },
    "met when not below another figure, also of a breakdown (\"party_members_female\"); a number is the margin "
      .. "allowed, { times = 0.9, margin = 1 } sets the line at that share of it",
    "不低于另一指标（也可为其分组，如 \"party_members_female\"）；第二个参数为允许的余量，"
      .. "或用 { times = 0.9, margin = 1 } 指定倍数和余量"),
  constructor("not_above", { "indicator", "margin" }, "met when not above another figure; options as for not_below",
    "不高于另一指标；选项同 not_below"),
  constructor("ratio", { "part", "whole" }, "met at part : whole or more, and printed so", "不低于 part : whole，并照此打印"),
  constructor("full", {}, "met at 100 or more", "达到 100%"),
  constructor("evidence", {}, "met once evidence was entered as 1", "有佐证（值为 1）即达标"),
  constructor("all_of", { "targets…" }, "met when every one of them is", "各条全部达到"),
  constructor("any_of", { "targets…" }, "met when any one of them is", "任一条达到"),
}

api.scoring = {
  constructor("deduct", { "points", "amount" },
    "points less the amount, never below 0", "从分值中扣减，扣完为止"),
  constructor("deduct_per", { "points", "shortfall", "step", "amount", "started" },
    "takes `amount` off for every whole `step` of shortfall, never below 0; with `started` true a step begun counts",
    "每差一个 step 扣 amount 分，扣完为止；started 为 true 时不足一步按一步计"),
  constructor("deduct_unless_better", { "points", "change", "better", "flat", "worse" },
    'all points when the change is for the better ("higher" or "lower"), less `flat` when there is none, less `worse` '
      .. "(all of them when left out) otherwise",
    '较上年向好得满分；better 为 "higher" 或 "lower"；持平扣 flat 分，变差扣 worse 分（不写则不得分）'),
  constructor("bonus_per", { "excess", "step", "amount", "most", "started" },
    "gives `amount` for every whole `step` of excess, at most `most`", "每超一个 step 加 amount 分，至多 most 分"),
  constructor("earn", { "points", "amount" }, "the amount earned, at most the points", "累计加分，至多为分值"),
  constructor("proportion", { "points", "done", "wanted" },
    "points in proportion to done / wanted, between 0 and the points", "按完成比例计分"),
  constructor("proportion_from", { "points", "done", "wanted", "least" },
    "the same, but 0 where done / wanted is below `least` (a share, such as 0.6)",
    "按完成比例计分，但比例低于 least（如 0.6）的不得分"),
  constructor("band", { "points", "value", "zero_at", "full_at" },
    "0 at zero_at, all points at full_at, linear between; full_at may be the smaller", "在两个界限之间线性计分"),
  constructor("by_status", { "points", "status", "near" },
    "all points when met, the share `near` of them (0.5 when left out) when near-met, 0 when unmet",
    "达标得满分，基本达标得其 near 倍（默认 0.5），未达标得 0 分"),
  constructor("weighted", { "pairs…" },
    "weighted mean of { value, weight } pairs; the weights need not sum to 1", "按权重平均，参数为 { 值， 权重 }"),
  constructor("weighted_points", { "points", "full", "pairs…" },
    "points by the weighted mean of { score, weight } pairs, each score out of `full`",
    "各部分得分（满分均为 full）按权重合成，再折算为分值"),
  constructor("level_progress", { "points", "parts" },
    "points for level and progress (shares 0 to 1): { level, progress, value, mean, better, share, difficulty }; "
      .. "level weighs `share` (0.7) where value is not on the worse side of mean, 1 − share where it is; "
      .. "times difficulty (1), at most the points",
    "按水平分与进步分（0 到 1）计分：{ level, progress, value, mean, better, share, difficulty }；value 不劣于均值 mean 时"
      .. "水平占 share（默认 0.7），劣于时占 1 − share；再乘难度系数 difficulty（默认 1），至多为分值"),
  constructor("verified", { "score", "agreed", "checked", "accepted" },
    "a self-score corrected by samples: as it is where agreed / checked reaches `accepted` (0.95), "
      .. "else times that rate + (1 − accepted)",
    "按抽查核实修正自评分：符合率 agreed / checked 达到 accepted（默认 0.95）即认可，否则乘以（符合率 + 1 − accepted）"),
  constructor("min_max", { "value", "from", "to" },
    "(value − from) / (to − from), as with peers_least and peers_most; nil where the two are the same",
    "极差标准化，如以 peers_least、peers_most 为界；两界相同时为 nil"),
  constructor("goalposts", { "value", "from", "to" },
    "the same kept between 0 and 1, with fixed limits; `to` may be the smaller", "按固定的上下限标准化，限制在 0 到 1"),
  constructor("distance_to_target", { "value", "target", "worst" },
    "the share of the way from worst (0 when left out) to the target that is behind, 0 to 1",
    "从最差值 worst（默认 0）到目标已走完的比例，0 到 1"),
  constructor("z_score", { "value", "mean", "deviation" },
    "(value − mean) / deviation, 0 where there is no deviation", "标准分：（值 − 均值）/ 标准差；标准差为 0 时为 0"),
  constructor("percentile_rank", { "rank", "count" },
    "share of the others that are behind: 1 for place 1, 0 for the last; nil for fewer than two",
    "百分位次：第 1 名为 1，末名为 0；不足两个时为 nil"),
  constructor("arithmetic_mean", { "parts", "least" },
    "mean of { value, weight } parts (weight 1 when left out); missing ones are left out, nil when less than "
      .. "`least` of the weight (1, all of it, when left out) is there",
    "分项 { 值， 权重 }（权重默认 1）的加权算术平均；缺失的分项不计，有值的权重不足 least（默认 1 即全部）时为 nil"),
  constructor("geometric_mean", { "parts", "least" }, "the same as a geometric mean; parts are not below 0",
    "加权几何平均，参数同上；分项不能为负"),
  constructor("harmonic_mean", { "parts", "least" }, "the same as a harmonic mean; parts are not below 0",
    "加权调和平均，参数同上；分项不能为负"),
  constructor("clamp", { "value", "low", "high" }, "the value kept between low and high", "限制在上下界之间"),
  constructor("round", { "value", "digits" },
    "rounds half away from zero on the decimal text", "按十进制文本四舍五入"),
  constructor("truncate", { "value", "digits" },
    "cuts behind the digits on the decimal text", "按十进制文本截尾"),
}

local function input(name, on, kind, en, zh)
  return { name = name, on = on, type = kind, en = en, zh = zh }
end

local I, P, A = "indicator", "plan", "item"

-- `on` lists the places: formula, indicator, plan, region, item. "any" is all of them.
api.inputs = {
  input("value", { I }, "number", "this year's value", "本年监测值"),
  input("previous", { I }, "number", "last year's value", "上年值"),
  input("baseline", { I }, "number", "value of the baseline year", "基期值"),
  input("target", { I }, "number", "final target's number", "终期目标值"),
  input("milestone", { I }, "number", "number due this year: the next milestone, else the target", "本年应达目标：最近的年度目标，否则终期目标"),
  input("status", { I }, "text",
    '"met", "near", "unmet", "no_data" or "not_applicable"; status_SET by another target set, such as status_nation',
    "达标情况；另有 status_目标名，如 status_nation"),
  input("progress", { I }, "number", "(value − baseline) / (target − baseline)", "完成率"),
  input("pace", { I, P }, "number", "(year − baseline year) / (target year − baseline year)", "时间进度"),
  input("on_track", { I }, "boolean", "progress is at least pace", "完成率不低于时间进度"),
  input("gap", { I }, "number", "distance still to go to the target, 0 once there", "距目标的差距，已达到为 0"),
  input("change", { I }, "number", "value − previous", "较上年变化"),
  input("required_change", { I }, "number", "change per year needed to reach the target in time", "按期达标所需的年均变化"),
  input("recent_change", { I }, "number", "mean change per year over the last five values", "近五个值的年均变化"),
  input("forecast", { I }, "number",
    "forecast of next year; never below 0, nor above 100 %, where no value so far was", "下年预测值；历年值从未为负或超过 100% 的，预测也不越界"),
  input("forecast_low", { I }, "number", "lower end of its 80 % interval", "预测区间下限（80%）"),
  input("forecast_high", { I }, "number", "upper end of its 80 % interval", "预测区间上限（80%）"),
  input("forecast_error", { I }, "number",
    "back-test error of the forecast method: mean absolute error over the last three values, each forecast from those before it",
    "预测方法的回测误差：用此前的值逐一预测最近三个值的平均绝对误差"),
  input("forecast_final", { I }, "number", "forecast of the plan's last year", "终期年预测值"),
  input("reach_year", { I }, "number", "first year the forecast meets the target, fractional; nil when not within 50 years",
    "预测达标年份（可为小数）；50 年内不能达标为 nil"),
  input("volatility", { I }, "number", "standard deviation of yearly changes relative to the mean level", "波动：年度变化的标准差与平均水平之比"),
  input("count_low", { I }, "number", "lower end of the 95 % Poisson interval of a rate whose events are counted (`counts`)",
    "小事件数比率的 95% 泊松区间下限（须声明 counts）"),
  input("count_high", { I }, "number",
    "upper end of it: an earlier value between the two is no different from this one; of no events only with `among`",
    "该区间上限：落在区间内的往年值与本年无实质差别；事件数为 0 时须声明 among"),
  input("years_of_data", { I }, "number", "years with a value up to this one", "至本年有值的年数"),
  input("peers_mean", { I }, "number", "mean over the regions with the same parent", "同级区划均值"),
  input("peers_median", { I }, "number", "median over the regions with the same parent", "同级区划中位数"),
  input("peers_lower_quartile", { I }, "number", "value below which a quarter of them lie", "同级区划下四分位数"),
  input("peers_upper_quartile", { I }, "number", "value below which three quarters of them lie", "同级区划上四分位数"),
  input("peers_least", { I }, "number", "smallest value among them", "同级区划最小值"),
  input("peers_most", { I }, "number", "largest value among them", "同级区划最大值"),
  input("peers_deviation", { I }, "number", "standard deviation among them (divisor n)", "同级区划标准差（除以 n）"),
  input("peers_rank", { I }, "number", "place among them, 1 is best", "同级名次，1 为最好"),
  input("peers_count", { I }, "number", "how many of them have a value", "有值的同级区划数"),
  input("parent_value", { I }, "number", "the parent region's value", "上级区划的值"),
  input("series", { I }, "series", "values by year up to this one: an array of { year = …, value = … }", "截至本年的历年值：{ year = …, value = … } 的数组"),
  input("attainment", { I, P, A, "region" }, "number", "attainment rate, 0 to 1; also attainment_PLAN and attainment_PLAN_DOMAIN, each also by another target set: "
      .. "attainment_nation, attainment_women_nation",
    "达标率，0 到 1；另有 attainment_规划 和 attainment_规划_领域；各可再加目标名，按该套目标计：attainment_nation、"
      .. "attainment_women_nation"),
  input("met_count", { I, P, A, "region" }, "number", "indicators met; suffixes as for attainment", "达标指标数；后缀同上"),
  input("near_count", { I, P, A, "region" }, "number", "indicators near-met", "基本达标指标数"),
  input("unmet_count", { I, P, A, "region" }, "number", "indicators not met", "未达标指标数"),
  input("no_data_count", { I, P, A, "region" }, "number", "indicators without data", "缺数据指标数"),
  input("assessable_count", { I, P, A, "region" }, "number", "indicators in the denominator", "参与计算的指标数"),
  input("points", { A }, "number", "the item's points", "本考核项分值"),
  input("year", { "any" }, "number", "the year evaluated", "评估年份"),
  input("plan_start", { I, P }, "number", "the plan's first year", "规划起始年"),
  input("plan_end", { I, P }, "number", "the plan's last year", "规划终期年"),
}

local function convention(name, values, default, en, zh)
  return { name = name, values = values, default = default, en = en, zh = zh }
end

api.conventions = {
  convention("rounding", { "half_up", "truncate", "half_even" }, "half_up", "rounding of printed figures", "打印数的修约"),
  convention("digits", "integer", 2, "digits of printed rates and scores, and of indicators that name none",
    "达标率、得分及未指定小数位的指标所保留的位数"),
  convention("at", { "final", "milestone" }, "final", "judge against the final target or the year's milestone", "以终期目标还是年度目标判定"),
  convention("no_data", { "excluded", "unmet" }, "excluded", "indicators without data: left out, or counted as unmet", "缺数据：不计入分母，或计为未达标"),
  convention("near_percent", "number", 0, "near-met within this percentage of the target", "基本达标：与目标相差不超过目标值的百分之几"),
  convention("near_counts", "boolean", false, "near-met counts as met", "基本达标是否计为达标"),
  convention("expected_counts", "boolean", false, "unmet or near-met but forecast to reach in time counts as met",
    "预计按期达标（现为未达标或基本达标）是否计为达标"),
  convention("count_evidence", "boolean", true, "objectives shown by evidence count in the rate", "佐证类目标是否计入达标率"),
  convention("ties", { "competition", "dense", "ordinal" }, "competition", "places after a tie: 1 1 3, 1 1 2, or 1 2 3", "并列后的名次"),
  convention("rank_on", { "printed", "exact" }, "printed", "rank on printed or on exact figures", "按打印数还是精确数排名"),
  convention("cap_items", "boolean", true, "keep each item between 0 and its points; otherwise more is an error", "各项得分限制在 0 与分值之间；否则超出即为错误"),
  convention("inapplicable", { "redistributed", "full", "excluded" }, "redistributed",
    "points of an item that does not apply: spread over the others, given in full, or taken off the total", "不适用项的分值：按比例分摊、给满分、或从总分中去掉"),
  convention("period", { "calendar_year", "health_year", "april_march", "term" }, "calendar_year",
    "what a year means: January–December; October of the year before to September; April to March of the next; the "
      .. "term of office (see `terms`, needed for it) it lies in. Its months are shown with the results, and data is entered by that year",
    "统计周期：日历年；卫生年（上年 10 月至本年 9 月）；本年 4 月至次年 3 月；所在的届（须写明 terms）。起止月份随结果显示，数据即按该周期的年份填报"),
  convention("method_version", "text", "1", "version of the method, for the record", "方法版本"),
}

local function spec(name, form, en, zh)
  return { name = name, form = form, en = en, zh = zh }
end

api.specs = {
  spec("describe", 'describe("name", function() … end)', "groups specs", "把若干测试归为一组"),
  spec("it", 'it("name", function() … end)', "one spec; it passes when nothing in it fails", "一项测试，其中没有断言失败即为通过"),
  spec("before_each", "before_each(function() … end)", "runs before each spec of the group", "在组内每项测试之前执行"),
  spec("evaluate", "evaluate { year = …, observations = { … }, regions = { … } }",
    "evaluates the pack on the data given and gives the result", "用给出的数据评估，返回结果"),
}

api.assertions = {
  spec("equal", "assert.equal(wanted, got)", "equal by ==", "两个值相等（==）"),
  spec("same", "assert.same(wanted, got)", "equal in content, tables compared deeply", "内容相等，表逐项比较"),
  spec("near", "assert.near(wanted, got, tolerance)", "numbers that differ by the tolerance at most", "两数之差不超过容差"),
  spec("is_true", "assert.is_true(got)", "exactly true", "恰为 true"),
  spec("is_false", "assert.is_false(got)", "exactly false", "恰为 false"),
  spec("is_nil", "assert.is_nil(got)", "nil", "为 nil"),
  spec("is_not_nil", "assert.is_not_nil(got)", "anything but nil", "不为 nil"),
  spec("has_error", "assert.has_error(action, text)",
    "the function raises an error; its message contains the text, when given", "函数出错；给出 text 时，错误信息须包含它"),
}

api.levels = LEVELS
api.breakdowns = {
  { name = "female", en = "female", zh = "女" }, { name = "male", en = "male", zh = "男" },
  { name = "urban", en = "urban", zh = "城市" }, { name = "rural", en = "rural", zh = "农村" },
}

api.offered = {
  globals = { "assert", "error", "ipairs", "pairs", "pcall", "select", "tonumber", "tostring", "type" },
  math = { "abs", "ceil", "exp", "floor", "fmod", "huge", "log", "max", "maxinteger", "min", "mininteger",
    "modf", "pi", "sqrt", "tointeger", "type", "ult" },
  string = { "byte", "char", "find", "format", "gsub", "len", "lower", "match", "rep", "reverse", "sub", "upper" },
  table = { "concat", "insert", "move", "pack", "remove", "sort", "unpack" },
  utf8 = { "char", "charpattern", "codepoint", "codes", "len", "offset" },
}

api.forbidden = {
  "collectgarbage", "coroutine", "debug", "dofile", "getmetatable", "io", "load", "loadfile", "loadstring",
  "next", "os", "package", "print", "rawequal", "rawget", "rawlen", "rawset", "require", "setmetatable", "warn",
}

return api
