---@meta
-- Made by scripts/meta/generate.lua from scripts/std/api.lua: change that table, not this file.
-- luacheck: ignore

---@class biaochi.Target
---@class biaochi.Member
---@class biaochi.Part
---@class biaochi.Clause

---@class biaochi.Conventions
---@field rounding? "half_up"|"truncate"|"half_even" 打印数的修约 / rounding of printed figures; half_up
---@field digits? integer 达标率、得分及未指定小数位的指标所保留的位数 / digits of printed rates and scores, and of indicators that name none; 2
---@field at? "final"|"milestone" 以终期目标还是年度目标判定 / judge against the final target or the year's milestone; final
---@field no_data? "excluded"|"unmet" 缺数据：不计入分母，或计为未达标 / indicators without data: left out, or counted as unmet; excluded
---@field near_percent? number 基本达标：与目标相差不超过目标值的百分之几 / near-met within this percentage of the target; 0
---@field near_counts? boolean 基本达标是否计为达标 / near-met counts as met; false
---@field expected_counts? boolean 预计按期达标（现为未达标或基本达标）是否计为达标 / unmet or near-met but forecast to reach in time counts as met; false
---@field count_evidence? boolean 佐证类目标是否计入达标率 / objectives shown by evidence count in the rate; true
---@field ties? "competition"|"dense"|"ordinal" 并列后的名次 / places after a tie: 1 1 3, 1 1 2, or 1 2 3; competition
---@field rank_on? "printed"|"exact" 按打印数还是精确数排名 / rank on printed or on exact figures; printed
---@field cap_items? boolean 各项得分限制在 0 与分值之间；否则超出即为错误 / keep each item between 0 and its points; otherwise more is an error; true
---@field inapplicable? "redistributed"|"full"|"excluded" 不适用项的分值：按比例分摊、给满分、或从总分中去掉 / points of an item that does not apply: spread over the others, given in full, or taken off the total; redistributed
---@field period? "calendar_year"|"health_year"|"april_march"|"term" 统计周期：日历年；卫生年（上年 10 月至本年 9 月）；本年 4 月至次年 3 月；所在的届（须写明 terms）。起止月份随结果显示，数据即按该周期的年份填报 / what a year means: January–December; October of the year before to September; April to March of the next; the term of office (see `terms`, needed for it) it lies in. Its months are shown with the results, and data is entered by that year; calendar_year
---@field method_version? string 方法版本 / version of the method, for the record; 1

---规则的参数名，系统按名字传值；各规划、指标、数据项和事实的标识也可用。
---
---Names a rule may take as parameters, beside the ids of plans, indicators, data and facts.
---@alias biaochi.Input
---| "value" # 本年监测值 / this year's value
---| "previous" # 上年值 / last year's value
---| "baseline" # 基期值 / value of the baseline year
---| "target" # 终期目标值 / final target's number
---| "milestone" # 本年应达目标：最近的年度目标，否则终期目标 / number due this year: the next milestone, else the target
---| "status" # 达标情况；另有 status_目标名，如 status_nation / "met", "near", "unmet", "no_data" or "not_applicable"; status_SET by another target set, such as status_nation
---| "progress" # 完成率 / (value − baseline) / (target − baseline)
---| "pace" # 时间进度 / (year − baseline year) / (target year − baseline year)
---| "on_track" # 完成率不低于时间进度 / progress is at least pace
---| "gap" # 距目标的差距，已达到为 0 / distance still to go to the target, 0 once there
---| "change" # 较上年变化 / value − previous
---| "required_change" # 按期达标所需的年均变化 / change per year needed to reach the target in time
---| "recent_change" # 近五个值的年均变化 / mean change per year over the last five values
---| "forecast" # 下年预测值；历年值从未为负或超过 100% 的，预测也不越界 / forecast of next year; never below 0, nor above 100 %, where no value so far was
---| "forecast_low" # 预测区间下限（80%） / lower end of its 80 % interval
---| "forecast_high" # 预测区间上限（80%） / upper end of its 80 % interval
---| "forecast_error" # 预测方法的回测误差：用此前的值逐一预测最近三个值的平均绝对误差 / back-test error of the forecast method: mean absolute error over the last three values, each forecast from those before it
---| "forecast_final" # 终期年预测值 / forecast of the plan's last year
---| "reach_year" # 预测达标年份（可为小数）；50 年内不能达标为 nil / first year the forecast meets the target, fractional; nil when not within 50 years
---| "volatility" # 波动：年度变化的标准差与平均水平之比 / standard deviation of yearly changes relative to the mean level
---| "count_low" # 小事件数比率的 95% 泊松区间下限（须声明 counts） / lower end of the 95 % Poisson interval of a rate whose events are counted (`counts`)
---| "count_high" # 该区间上限：落在区间内的往年值与本年无实质差别；事件数为 0 时须声明 among / upper end of it: an earlier value between the two is no different from this one; of no events only with `among`
---| "years_of_data" # 至本年有值的年数 / years with a value up to this one
---| "peers_mean" # 同级区划均值 / mean over the regions with the same parent
---| "peers_median" # 同级区划中位数 / median over the regions with the same parent
---| "peers_lower_quartile" # 同级区划下四分位数 / value below which a quarter of them lie
---| "peers_upper_quartile" # 同级区划上四分位数 / value below which three quarters of them lie
---| "peers_least" # 同级区划最小值 / smallest value among them
---| "peers_most" # 同级区划最大值 / largest value among them
---| "peers_deviation" # 同级区划标准差（除以 n） / standard deviation among them (divisor n)
---| "peers_rank" # 同级名次，1 为最好 / place among them, 1 is best
---| "peers_count" # 有值的同级区划数 / how many of them have a value
---| "parent_value" # 上级区划的值 / the parent region's value
---| "series" # 截至本年的历年值：{ year = …, value = … } 的数组 / values by year up to this one: an array of { year = …, value = … }
---| "attainment" # 达标率，0 到 1；另有 attainment_规划 和 attainment_规划_领域；各可再加目标名，按该套目标计：attainment_nation、attainment_women_nation / attainment rate, 0 to 1; also attainment_PLAN and attainment_PLAN_DOMAIN, each also by another target set: attainment_nation, attainment_women_nation
---| "met_count" # 达标指标数；后缀同上 / indicators met; suffixes as for attainment
---| "near_count" # 基本达标指标数 / indicators near-met
---| "unmet_count" # 未达标指标数 / indicators not met
---| "no_data_count" # 缺数据指标数 / indicators without data
---| "assessable_count" # 参与计算的指标数 / indicators in the denominator
---| "points" # 本考核项分值 / the item's points
---| "year" # 评估年份 / the year evaluated
---| "plan_start" # 规划起始年 / the plan's first year
---| "plan_end" # 规划终期年 / the plan's last year
---| "female" # 女 / female
---| "male" # 男 / male
---| "urban" # 城市 / urban
---| "rural" # 农村 / rural

---@class biaochi.fields.pack
---@field id string 评估包标识 / name of the pack
---@field title string 显示名称 / name shown to people
---@field region string 行政区划代码（GB/T 2260;000000 为全国） / code of the region (GB/T 2260; 000000 is the nation)
---@field version string 版本号，三段数字 / version, three numbers
---@field api integer 接口版本：1 / version of this API: 1
---@field covers? "self"|"children"|"subtree" 评估范围：本级、本级及下一级、本级及以下各级；默认 self / regions evaluated: the region itself, also its children, or all below it
---@field conventions? biaochi.Conventions 全包口径 / conventions for the whole pack
---@field figures? string[] 除 value、target、progress、pace 和规则用到的数值外，另为每个指标保存的数值；默认 { "forecast", "reach_year" } / figures kept for every indicator beside value, target, progress, pace and those that rules name; default { "forecast", "reach_year" }
---@field extends? string 所继承的评估包；见下文“继承” / the pack it builds on; see inheritance below
---@field terms? integer[] 各届任期的起始年，由小到大 / years in which a term of office begins, ascending
---@field source? string 依据文件 / the document the pack implements

---声明评估包：它是谁、管哪些行政区划。必须最先出现，且只出现一次。
---
---Opens the pack: who it is and which regions it speaks for. Must come first, once.
---```lua
---pack { id = "example", title = "示例区", region = "150802", version = "1.0.0", api = 1 }
---```
---@param fields biaochi.fields.pack
function pack(fields) end

---执行包内另一个文件（只执行一次），返回其返回值；"health" 即 health.lua。
---
---Runs another file of the pack once and gives what it returns; "health" is health.lua.
---```lua
---include "health"
---```
---@param name string
---@return any
function include(name) end

---@class biaochi.fields.unit
---@field title string 单位名称 / name of the unit
---@field source? string|string[] 依据条款的标识，可为数组；没有声明 document 时为文本 / clause of the source document, or an array of them; where no document is declared, a text

---声明成员单位（责任单位）；指标的牵头单位和单位考核用其标识引用。
---
---Declares a member unit; leads of indicators and unit assessments name it by id.
---```lua
---unit "health" { title = "市卫生健康委" }
---```
---@param id string
---@return fun(fields: biaochi.fields.unit)
function unit(id) end

---@class biaochi.fields.breakdown
---@field title string 分组名称 / name of the group
---@field splits? string 所属的划分，如 "age"：同一划分的各组合起来是全体 / what it is a part of, such as "age": the breakdowns that say the same are the parts of one whole
---@field source? string|string[] 依据条款的标识，可为数组；没有声明 document 时为文本 / clause of the source document, or an array of them; where no document is declared, a text

---声明一种分组；female、male、urban、rural 已内置。
---
---Declares a breakdown beside the built-in female, male, urban and rural.
---```lua
---breakdown "under5" { title = "5岁以下", splits = "age" }
---```
---@param id string
---@return fun(fields: biaochi.fields.breakdown)
function breakdown(id) end

---@class biaochi.fields.data
---@field title string 名称 / name
---@field unit string 计量单位 / unit of measure
---@field digits? integer 小数位数 / digits printed behind the point
---@field better? "higher"|"lower" 数大为好（higher）还是数小为好（lower），供 pack check --properties 检查；不写则不分好坏 / whether more of it or less is better, for `pack check --properties`; left out: neither
---@field source? string|string[] 依据条款的标识，可为数组；没有声明 document 时为文本 / clause of the source document, or an array of them; where no document is declared, a text
---@field additive? boolean true：各分组之和等于合计，如人数 / true: its breakdowns add up to the whole, as numbers of people do

---声明数据项：只作为公式输入而采集的数。
---
---Declares a figure that is collected only as an input of formulas.
---```lua
---data "income_male" { title = "男性平均收入", unit = "元" }
---```
---@param id string
---@return fun(fields: biaochi.fields.data)
function data(id) end

---@class biaochi.fields.fact
---@field title string 名称 / name
---@field unit string 计量单位 / unit of measure
---@field default? number 没有填报时的取值；不写则为缺失 / value where nothing was entered; left out: missing
---@field digits? integer 小数位数 / digits printed behind the point
---@field better? "higher"|"lower" 数大为好（higher）还是数小为好（lower），供 pack check --properties 检查；不写则不分好坏 / whether more of it or less is better, for `pack check --properties`; left out: neither
---@field source? string|string[] 依据条款的标识，可为数组；没有声明 document 时为文本 / clause of the source document, or an array of them; where no document is declared, a text
---@field additive? boolean true：各分组之和等于合计，如人数 / true: its breakdowns add up to the whole, as numbers of people do

---声明年度工作事实，供考核使用，如迟报次数。
---
---Declares a fact of the year's work that assessments use, such as late submissions.
---```lua
---fact "late_submissions" { title = "迟报次数", unit = "次", default = 0 }
---```
---@param id string
---@return fun(fields: biaochi.fields.fact)
function fact(id) end

---@class biaochi.fields.plan
---@field title string 名称 / name
---@field from integer 起始年 / first year
---@field to integer 终期年（目标值的期限） / last year, when final targets are due
---@field baseline integer 基期年 / year of the baseline values
---@field terms? integer[] 与全包不同的各届起始年 / terms of office that differ from the pack's
---@field conventions? biaochi.Conventions 与全包不同的口径 / conventions that differ from the pack's
---@field source? string|string[] 依据条款的标识，可为数组；没有声明 document 时为文本 / clause of the source document, or an array of them; where no document is declared, a text

---声明一个发展规划并返回它；领域在它上面声明。
---
---Declares a development plan and gives it back; its domains are declared on it.
---```lua
---local women = plan "women" { title = "妇女发展规划", from = 2021, to = 2030, baseline = 2020 }
---```
---@param id string
---@return fun(fields: biaochi.fields.plan): biaochi.Plan
function plan(id) end

---@class biaochi.fields.domain
---@field title string 名称 / name
---@field source? string|string[] 依据条款的标识，可为数组；没有声明 document 时为文本 / clause of the source document, or an array of them; where no document is declared, a text

---@class biaochi.Plan
local Plan = {}

---声明规划的一个领域，并列出其中的指标和主要目标。
---
---Declares a domain of a plan, then lists what is in it.
---```lua
---women:domain "health" { title = "妇女与健康" } {
---  indicator "screening" { title = "宫颈癌筛查率", unit = "%", target = at_least(70), lead = "health" },
---}
---```
---@param id string
---@return fun(fields: biaochi.fields.domain): fun(members: biaochi.Member[])
function Plan:domain(id) end

---@class biaochi.fields.indicator
---@field title string 名称 / name
---@field unit string 计量单位 / unit of measure
---@field lead string 牵头单位：已声明单位的标识；没有声明任何单位时可直接写名称 / lead unit: the id of a declared unit, or free text when none is declared
---@field target? biaochi.Target 终期目标；与 targets 二者必有其一 / final target; this or `targets` is required
---@field targets? table<string, biaochi.Target> 多套目标，以 own 为准 / several target sets; `own` is the one that counts
---@field milestones? table<integer, number> 年度目标 / targets due in earlier years
---@field baseline? number 没有观测值时的基期值 / baseline where no observation gives it
---@field formula? function 由其他数据推算的公式 / derives the value from other figures
---@field partial? boolean true：部分输入缺失（nil）时仍调用公式 / true: the formula is called although some of its inputs are missing (nil)
---@field counts? string 比率的事件数（如死亡人数）；据此给出 count_low、count_high / the figure that counts the events of a rate, such as deaths; gives count_low and count_high
---@field among? string 事件发生的总体（如活产数）；须与 counts、per 一起使用 / the figure they happen among, such as live births; needs `counts` and `per`
---@field per? number 比率的基数，如 100000 / what the rate is per, such as 100000
---@field forecast? "ols"|"theil_sen"|"cagr"|"holt"|"gm11"|"least_error" 预测方法，默认 ols / forecast method, ols when left out
---@field digits? integer 打印并与目标比较时的小数位数 / digits printed behind the point and compared with the target
---@field additive? boolean true：各分组之和等于合计，如人数 / true: its breakdowns add up to the whole, as numbers of people do
---@field applies_to? string[] 适用的行政区划代码；不写则全部适用 / codes of the regions it applies to; all when left out
---@field conventions? biaochi.Conventions 与规划不同的口径 / conventions that differ from the plan's
---@field units? string[] 责任单位（牵头单位之外） / units responsible beside the lead
---@field due? string 期限："2020"、"2020-12"、"2020-12-31"，每年的某日写作 "05-19" / when it is due: "2020", "2020-12", "2020-12-31", or "05-19" each year
---@field note? string 其他说明 / what else is to be known about it
---@field source? string|string[] 依据条款的标识，可为数组；没有声明 document 时为文本 / clause of the source document, or an array of them; where no document is declared, a text

---在领域内声明一个可量化指标。
---
---Declares a quantified indicator inside a domain.
---```lua
---indicator "screening" { title = "宫颈癌筛查率", unit = "%", target = at_least(70), lead = "health" }
---```
---@param id string
---@return fun(fields: biaochi.fields.indicator): biaochi.Member
function indicator(id) end

---@class biaochi.fields.objective
---@field title string 名称 / name
---@field lead string 牵头单位 / lead unit
---@field evidence boolean true：以佐证材料证明 / true: shown by evidence
---@field applies_to? string[] 适用的行政区划代码 / codes of the regions it applies to
---@field units? string[] 责任单位（牵头单位之外） / units responsible beside the lead
---@field due? string 期限："2020"、"2020-12"、"2020-12-31"，每年的某日写作 "05-19" / when it is due: "2020", "2020-12", "2020-12-31", or "05-19" each year
---@field note? string 其他说明 / what else is to be known about it
---@field source? string|string[] 依据条款的标识，可为数组；没有声明 document 时为文本 / clause of the source document, or an array of them; where no document is declared, a text

---声明没有数值的主要目标；填报佐证（值为 1）后即为达标。
---
---Declares an objective without a number; it is met once evidence was entered as 1.
---```lua
---objective "awareness" { title = "健康素养水平提高", evidence = true, lead = "health" }
---```
---@param id string
---@return fun(fields: biaochi.fields.objective): biaochi.Member
function objective(id) end

---@class biaochi.fields.warning
---@field title string 名称 / name
---@field on "indicator"|"plan"|"region" 判定对象 / what it is judged on
---@field level function 返回 red、orange、yellow、blue 或 nil / gives "red", "orange", "yellow", "blue" or nil
---@field message? string 提示语，花括号内写输入名："{value}，目标 {target}" / text with inputs in braces: "{value}, target {target}"
---@field hold? integer 须连续成立的年数，默认 1 / years in a row it must hold, 1 when left out
---@field only? string[] 仅限这些指标或规划 / indicators or plans it is limited to
---@field source? string|string[] 依据条款的标识，可为数组；没有声明 document 时为文本 / clause of the source document, or an array of them; where no document is declared, a text

---声明预警：对每个指标、每个规划或行政区划判定。
---
---Declares a warning on every indicator, on every plan, or on the region.
---```lua
---warning "off_track" {
---  title = "预计达标困难", on = "indicator", message = "现值 {value}，目标 {target}",
---  level = function(status, on_track)
---    if status == "unmet" and on_track == false then return "orange" end
---  end,
---}
---```
---@param id string
---@return fun(fields: biaochi.fields.warning)
function warning(id) end

---@class biaochi.fields.assessment
---@field title string 名称 / name
---@field of "region"|"self"|"children"|"unit" 考核对象：所有覆盖区划、本级、下一级、成员单位 / who is assessed: every region covered, the pack's region, its children, its units
---@field points number 总分；各项分值之和必须等于它 / points in all; the items' points must sum to it
---@field grades { [1]: number, [2]: string }[] 等次 { 起始分， 名称 }，由高到低，最后一档从 0 起 / grades as { from points, name }, best first; the last begins at 0
---@field plan? string attainment 等所指的规划 / the plan that `attainment` and its like mean
---@field only? string[] 对象为成员单位时，只考核这些单位；不写则全部 / of units: those assessed; all when left out
---@field source? string|string[] 依据条款的标识，可为数组；没有声明 document 时为文本 / clause of the source document, or an array of them; where no document is declared, a text
---@field [integer] biaochi.Part

---声明一项考核：考核项、一票否决和等次。
---
---Declares an assessment with its items, vetoes and grades.
---```lua
---assessment "annual" {
---  title = "年度综合考核", of = "region", points = 100, grades = { { 80, "良好" }, { 0, "一般" } },
---  item "targets" { points = 60, score = function(points, attainment_women) return proportion(points, attainment_women, 1) end },
---  item "reporting" { points = 40, score = function(points, late_submissions) return deduct(points, late_submissions) end },
---}
---```
---@param id string
---@return fun(fields: biaochi.fields.assessment)
function assessment(id) end

---@class biaochi.fields.item
---@field title? string 名称，默认为标识 / name, the id when left out
---@field points number 分值 / points at most
---@field score? function 返回得分；数据缺失时返回 nil / gives the points earned, or nil when data is missing
---@field applies? function 不适用时返回 false / gives false where the item does not apply
---@field cliff? number 某一输入只变动末位一个数时，得分至多可跳变的分数；不写则为分值的十分之一，或达标率中一个指标所占的分数 / most points the score may jump when one input changes by its last printed digit; a tenth of the points, or the weight of one indicator in an attainment rate, when left out
---@field may_fall? string 办法本意如此时，写明数据变好得分为何可能下降；性质检查列出这一理由，不再把该项的下降报为问题 / why a better figure may lower this score, where the scheme means it so; the property check then lists the reason and reports no such fall of the item
---@field source? string|string[] 依据条款的标识，可为数组；没有声明 document 时为文本 / clause of the source document, or an array of them; where no document is declared, a text
---@field [integer] biaochi.Part

---声明考核项：有计分规则，或内含下级考核项。
---
---Declares an item of an assessment, with a score rule or with items inside it.
---```lua
---item "targets" { points = 60, score = function(points, attainment_women) return proportion(points, attainment_women, 1) end }
---```
---@param id string
---@return fun(fields: biaochi.fields.item): biaochi.Part
function item(id) end

---@class biaochi.fields.veto
---@field title? string 名称，默认为标识 / name, the id when left out
---@field when function 成立时返回 true / gives true when it strikes
---@field grade string 所定等次 / the grade it sets
---@field source? string|string[] 依据条款的标识，可为数组；没有声明 document 时为文本 / clause of the source document, or an array of them; where no document is declared, a text

---声明一票否决：条件成立时直接定等次。
---
---Declares a condition that sets the grade whatever the score.
---```lua
---veto "fraud" { when = function(falsified) return falsified > 0 end, grade = "不合格" }
---```
---@param id string
---@return fun(fields: biaochi.fields.veto): biaochi.Part
function veto(id) end

---@class biaochi.fields.task
---@field title string 名称 / name
---@field lead string 牵头单位 / lead unit
---@field units? string[] 责任单位（牵头单位之外） / units responsible beside the lead
---@field from? integer 起始年 / first year
---@field to? integer 终止年 / last year
---@field due? string 期限："2020"、"2020-12"、"2020-12-31"，每年的某日写作 "05-19" / when it is due: "2020", "2020-12", "2020-12-31", or "05-19" each year
---@field indicators? string[] 反映其进展的指标 / indicators that show how far it has come
---@field checks? string[] 检查内容 / what is checked
---@field applies_to? string[] 适用的行政区划代码 / codes of the regions it applies to
---@field digits? integer 小数位数，用于填报 0 到 1 之间的进度；默认 0 / digits printed behind the point, for progress entered between 0 and 1; 0 when left out
---@field note? string 其他说明 / what else is to be known about it
---@field source? string|string[] 依据条款的标识，可为数组；没有声明 document 时为文本 / clause of the source document, or an array of them; where no document is declared, a text

---在领域内声明一项工作任务；与定性目标一样，填报佐证（值为 1）后即为完成。
---
---Declares a task inside a domain; like an objective it is met once evidence was entered as 1.
---```lua
---task "hotline" { title = "开通维权热线", lead = "justice", units = { "federation" }, due = "2020" }
---```
---@param id string
---@return fun(fields: biaochi.fields.task): biaochi.Member
function task(id) end

---@class biaochi.fields.document
---@field title string 名称 / name
---@field issued? string 印发日期 / date it was issued
---@field by? string 印发机关 / who issued it
---@field note? string 其他说明 / what else is to be known about it

---声明评估包所依据的文件，并列出其条款；pack coverage 显示每条由哪些内容落实。
---
---Declares a document the pack carries, then lists its clauses; `pack coverage` shows what carries each.
---```lua
---document "outline" { title = "妇女发展规划" } { clause "g1" { at = "一、1", title = "宫颈癌筛查率" } }
---```
---@param id string
---@return fun(fields: biaochi.fields.document): fun(clauses: biaochi.Clause[])
function document(id) end

---@class biaochi.fields.clause
---@field at string 在文件中的位置 / where it stands in the document
---@field title string 名称 / name
---@field states? string[] 写明的数字，如 "93%"、"12/10万"；每个数字都须见于落实该条的声明 / figures as written, such as "93%"; each must be found in a field of what carries the clause
---@field background? string 为何不产生任务（背景、回顾等）；这样的条款无须落实 / why nothing follows from it; such a clause needs nothing to carry it

---文件的一条，连同其中写明的数字；各项声明用 source 指明所落实的条款。
---
---One clause of a document, with the figures it states; everything declared names its clauses in `source`.
---```lua
---clause "g1" { at = "一、1", title = "孕产妇死亡率", states = { "12/10万" } }
---```
---@param id string
---@return fun(fields: biaochi.fields.clause): biaochi.Clause
function clause(id) end

---@class biaochi.fields.form
---@field title string 名称 / name
---@field due? string 期限："2020"、"2020-12"、"2020-12-31"，每年的某日写作 "05-19" / when it is due: "2020", "2020-12", "2020-12-31", or "05-19" each year
---@field year? integer 所属年份 / the year it is about
---@field plan? string 所属规划 / the plan it belongs to
---@field rows? string[] 作为各行的指标 / indicators that are its rows
---@field columns? string[] 各栏 / its columns
---@field by? string[] 填报单位 / who fills it in
---@field to? string 报送至 / who receives it
---@field explains? string 须附的说明 / what must be explained beside it
---@field compare? string 与何对照 / what it is set beside
---@field note? string 其他说明 / what else is to be known about it
---@field source? string|string[] 依据条款的标识，可为数组；没有声明 document 时为文本 / clause of the source document, or an array of them; where no document is declared, a text

---声明一张报表：由哪些单位在何时之前填报。
---
---Declares a table that units fill in by a date.
---```lua
---form "warning_table" { title = "监测预警表", due = "05-19", rows = { "screening" }, by = { "health" } }
---```
---@param id string
---@return fun(fields: biaochi.fields.form)
function form(id) end

---@class biaochi.fields.report
---@field title string 名称 / name
---@field due? string 期限："2020"、"2020-12"、"2020-12-31"，每年的某日写作 "05-19" / when it is due: "2020", "2020-12", "2020-12-31", or "05-19" each year
---@field year? integer 所属年份 / the year it is about
---@field plan? string 所属规划 / the plan it belongs to
---@field by? string[] 撰写单位 / who writes it
---@field to? string 报送至 / who receives it
---@field parts? string[] 各部分，按顺序 / its parts, in order
---@field copies? integer 纸质份数 / printed copies
---@field delivery? string[] 报送方式 / ways it is delivered
---@field note? string 其他说明 / what else is to be known about it
---@field source? string|string[] 依据条款的标识，可为数组；没有声明 document 时为文本 / clause of the source document, or an array of them; where no document is declared, a text

---声明一份书面报告：由哪些部分组成、何时报送。
---
---Declares a written report, its parts and when it is due.
---```lua
---report "unit_report" { title = "单位监测报告", due = "05-25", by = { "health" }, parts = { "进展", "建议" } }
---```
---@param id string
---@return fun(fields: biaochi.fields.report)
function report(id) end

---@class biaochi.fields.group
---@field title string 名称 / name
---@field lead? string 牵头单位 / lead unit
---@field members? string[] 成员：单位标识或文本 / its members: ids of units, or texts
---@field duties? string[] 职责 / what it does
---@field note? string 其他说明 / what else is to be known about it
---@field source? string|string[] 依据条款的标识，可为数组；没有声明 document 时为文本 / clause of the source document, or an array of them; where no document is declared, a text

---声明由若干单位组成的机构（领导小组、监测组、评估组等）及其职责。
---
---Declares a body of several units, such as a leading or a monitoring group, and what it does.
---```lua
---group "monitoring" { title = "监测组", lead = "statistics", duties = { "年度监测" } }
---```
---@param id string
---@return fun(fields: biaochi.fields.group)
function group(id) end

---@class biaochi.fields.procedure
---@field title string 名称 / name
---@field lead? string 牵头单位 / lead unit
---@field units? string[] 责任单位（牵头单位之外） / units responsible beside the lead
---@field steps string[] 步骤，按顺序 / its steps, in order
---@field note? string 其他说明 / what else is to be known about it
---@field source? string|string[] 依据条款的标识，可为数组；没有声明 document 时为文本 / clause of the source document, or an array of them; where no document is declared, a text

---声明一项工作的步骤。
---
---Declares how something is done, step by step.
---```lua
---procedure "aid" { title = "救助金发放", lead = "federation", steps = { "申报", "审核", "发放" } }
---```
---@param id string
---@return fun(fields: biaochi.fields.procedure)
function procedure(id) end

---@class biaochi.fields.fund
---@field title string 名称 / name
---@field lead? string 牵头单位 / lead unit
---@field units? string[] 责任单位（牵头单位之外） / units responsible beside the lead
---@field levels? string[] 出资层级 / who pays into it
---@field account? string 账户管理 / how it is kept
---@field steps? string[] 发放步骤，按顺序 / how it is paid out, in order
---@field checks? string[] 检查内容 / what is checked
---@field indicators? string[] 反映其进展的指标 / indicators that show how far it has come
---@field note? string 其他说明 / what else is to be known about it
---@field source? string|string[] 依据条款的标识，可为数组；没有声明 document 时为文本 / clause of the source document, or an array of them; where no document is declared, a text

---声明一项资金：由谁出资、如何管理、检查什么。
---
---Declares a fund: who pays, how it is kept and what is checked.
---```lua
---fund "screening_fund" { title = "检查配套资金", levels = { "省", "市", "县" }, account = "专账管理" }
---```
---@param id string
---@return fun(fields: biaochi.fields.fund)
function fund(id) end

---@class biaochi.fields.event
---@field title string 名称 / name
---@field lead? string 牵头单位 / lead unit
---@field units? string[] 责任单位（牵头单位之外） / units responsible beside the lead
---@field every? "year"|"half_year"|"quarter"|"month"|"term"|"once"|"occasion" 频次 / how often
---@field every_years? integer 间隔年数 / years from one to the next
---@field times? integer[] 每期次数，或次数的下限和上限 / times in each, or from how many to how many
---@field months? integer[] 所在月份 / months it falls in
---@field due? string 期限："2020"、"2020-12"、"2020-12-31"，每年的某日写作 "05-19" / when it is due: "2020", "2020-12", "2020-12-31", or "05-19" each year
---@field from? integer 起始年 / first year
---@field to? integer 终止年 / last year
---@field indicators? string[] 反映其进展的指标 / indicators that show how far it has come
---@field checks? string[] 检查内容 / what is checked
---@field note? string 其他说明 / what else is to be known about it
---@field source? string|string[] 依据条款的标识，可为数组；没有声明 document 时为文本 / clause of the source document, or an array of them; where no document is declared, a text

---声明定期或有日期的工作：会议、督导、检查、节日活动等。
---
---Declares a dated or recurring duty: a meeting, a visit, a check, a festival.
---```lua
---event "hearing" { title = "常务会议听取汇报", every = "year", times = { 1, 2 }, lead = "office" }
---```
---@param id string
---@return fun(fields: biaochi.fields.event)
function event(id) end

---@class biaochi.Override
---@field unit fun(id: string): fun(fields: table)
---@field breakdown fun(id: string): fun(fields: table)
---@field data fun(id: string): fun(fields: table)
---@field fact fun(id: string): fun(fields: table)
---@field plan fun(id: string): fun(fields: table): biaochi.Plan
---@field domain fun(id: string): fun(fields: table): fun(members: table)
---@field indicator fun(id: string): fun(fields: table)
---@field objective fun(id: string): fun(fields: table)
---@field warning fun(id: string): fun(fields: table)
---@field assessment fun(id: string): fun(fields: table)
---@field item fun(id: string): fun(fields: table)
---@field veto fun(id: string): fun(fields: table)
---@field task fun(id: string): fun(fields: table)
---@field document fun(id: string): fun(fields: table): fun(members: table)
---@field clause fun(id: string): fun(fields: table)
---@field form fun(id: string): fun(fields: table)
---@field report fun(id: string): fun(fields: table)
---@field group fun(id: string): fun(fields: table)
---@field procedure fun(id: string): fun(fields: table)
---@field fund fun(id: string): fun(fields: table)
---@field event fun(id: string): fun(fields: table)

---替换所继承声明的具名字段：口径逐项替换，其余整个替换。考核和考核项花括号内的考核项、一票否决追加在后；规划会被返回，可继续声明领域；领域和文件所追加的内容写在第二对花括号内。
---
---Replaces the named fields of an inherited declaration; conventions one by one, everything else whole. Items and vetoes in the braces are added to an assessment or item; a plan is given back, so that domains can be added to it; a domain or document takes what is added in a second pair of braces.
---```lua
---override.indicator "screening" { target = at_least(80), milestones = none }
---```
---@type biaochi.Override
override = {}

---@class biaochi.Remove
---@field unit fun(id: string)
---@field breakdown fun(id: string)
---@field data fun(id: string)
---@field fact fun(id: string)
---@field plan fun(id: string)
---@field domain fun(id: string)
---@field indicator fun(id: string)
---@field objective fun(id: string)
---@field warning fun(id: string)
---@field assessment fun(id: string)
---@field item fun(id: string)
---@field veto fun(id: string)
---@field task fun(id: string)
---@field document fun(id: string)
---@field clause fun(id: string)
---@field form fun(id: string)
---@field report fun(id: string)
---@field group fun(id: string)
---@field procedure fun(id: string)
---@field fund fun(id: string)
---@field event fun(id: string)

---删除所继承的声明及其所含内容；之后该标识可重新声明。
---
---Removes an inherited declaration with all it holds; an id may then be declared anew.
---```lua
---remove.item "annual.innovation"
---```
---@type biaochi.Remove
remove = {}

---在 override 或有 extends 的 pack 中，清除字段的值。
---
---The value that clears a field, in an override or in a pack that extends another.
---```lua
---override.indicator "screening" { milestones = none }
---```
---@type any
none = {}

---达到该值及以上
---
---met at this value or more
---@param value number
---@return biaochi.Target
function at_least(value) end

---控制在该值及以下
---
---met at this value or less
---@param value number
---@return biaochi.Target
function at_most(value) end

---高于该值
---
---met only above this value
---@param value number
---@return biaochi.Target
function above(value) end

---低于该值
---
---met only below this value
---@param value number
---@return biaochi.Target
function below(value) end

---在该值左右（容差之内）
---
---met within the tolerance on either side
---@param value number
---@param tolerance number
---@return biaochi.Target
function around(value, tolerance) end

---在区间内达标，在外限内为基本达标
---
---met from low to high; near-met up to the outer limits
---@param low number
---@param high number
---@param outer_low? number
---@param outer_high? number
---@return biaochi.Target
function within(low, high, outer_low, outer_high) end

---稳定在该值以上：规划期内各年都达到
---
---met when this year and every observed year of the plan reach the value
---@param value number
---@return biaochi.Target
function keeps_at_least(value) end

---较上期提高；per 可为 "year"（默认）、"term"（较本届开始前的最后一个值；未声明 terms 时较五年前，可用 years 指定）、"plan"（较基期）
---
---met when above the period before; { per = "year" } by default, "term" (the last value before this term of office began; where no `terms` are declared, of five years ago or { years = n }) or "plan" (above the baseline)
---@param options? { per?: "year"|"term"|"plan", years?: integer }
---@return biaochi.Target
function rises(options) end

---较上期降低；选项同 rises
---
---met when below the period before; options as for rises
---@param options? { per?: "year"|"term"|"plan", years?: integer }
---@return biaochi.Target
function falls(options) end

---上升趋势减缓：本年增幅小于上年增幅
---
---met when the rise on last year is smaller than the rise before it
---@return biaochi.Target
function slows() end

---差距缩小（按绝对值）；默认较基期，选项同 rises
---
---met when the gap is smaller in size; per = "plan" by default, options as for rises
---@param options? { per?: "year"|"term"|"plan", years?: integer }
---@return biaochi.Target
function narrows(options) end

---不低于另一指标（也可为其分组，如 "party_members_female"）；第二个参数为允许的余量，或用 { times = 0.9, margin = 1 } 指定倍数和余量
---
---met when not below another figure, also of a breakdown ("party_members_female"); a number is the margin allowed, { times = 0.9, margin = 1 } sets the line at that share of it
---@param indicator string
---@param margin? number|{ times?: number, margin?: number }
---@return biaochi.Target
function not_below(indicator, margin) end

---不高于另一指标；选项同 not_below
---
---met when not above another figure; options as for not_below
---@param indicator string
---@param margin? number|{ times?: number, margin?: number }
---@return biaochi.Target
function not_above(indicator, margin) end

---不低于 part : whole，并照此打印
---
---met at part : whole or more, and printed so
---@param part number
---@param whole number
---@return biaochi.Target
function ratio(part, whole) end

---达到 100%
---
---met at 100 or more
---@return biaochi.Target
function full() end

---有佐证（值为 1）即达标
---
---met once evidence was entered as 1
---@return biaochi.Target
function evidence() end

---各条全部达到
---
---met when every one of them is
---@param ... biaochi.Target
---@return biaochi.Target
function all_of(...) end

---任一条达到
---
---met when any one of them is
---@param ... biaochi.Target
---@return biaochi.Target
function any_of(...) end

---从分值中扣减，扣完为止
---
---points less the amount, never below 0
---@param points number?
---@param amount number?
---@return number?
function deduct(points, amount) end

---每差一个 step 扣 amount 分，扣完为止；started 为 true 时不足一步按一步计
---
---takes `amount` off for every whole `step` of shortfall, never below 0; with `started` true a step begun counts
---@param points number?
---@param shortfall number?
---@param step number?
---@param amount number?
---@param started? boolean
---@return number?
function deduct_per(points, shortfall, step, amount, started) end

---较上年向好得满分；better 为 "higher" 或 "lower"；持平扣 flat 分，变差扣 worse 分（不写则不得分）
---
---all points when the change is for the better ("higher" or "lower"), less `flat` when there is none, less `worse` (all of them when left out) otherwise
---@param points number?
---@param change number?
---@param better? "higher"|"lower"
---@param flat? number?
---@param worse? number?
---@return number?
function deduct_unless_better(points, change, better, flat, worse) end

---每超一个 step 加 amount 分，至多 most 分
---
---gives `amount` for every whole `step` of excess, at most `most`
---@param excess number?
---@param step number?
---@param amount number?
---@param most number?
---@param started? boolean
---@return number?
function bonus_per(excess, step, amount, most, started) end

---累计加分，至多为分值
---
---the amount earned, at most the points
---@param points number?
---@param amount number?
---@return number?
function earn(points, amount) end

---按完成比例计分
---
---points in proportion to done / wanted, between 0 and the points
---@param points number?
---@param done number?
---@param wanted number?
---@return number?
function proportion(points, done, wanted) end

---按完成比例计分，但比例低于 least（如 0.6）的不得分
---
---the same, but 0 where done / wanted is below `least` (a share, such as 0.6)
---@param points number?
---@param done number?
---@param wanted number?
---@param least? number?
---@return number?
function proportion_from(points, done, wanted, least) end

---在两个界限之间线性计分
---
---0 at zero_at, all points at full_at, linear between; full_at may be the smaller
---@param points number?
---@param value number?
---@param zero_at number?
---@param full_at number?
---@return number?
function band(points, value, zero_at, full_at) end

---达标得满分，基本达标得其 near 倍（默认 0.5），未达标得 0 分
---
---all points when met, the share `near` of them (0.5 when left out) when near-met, 0 when unmet
---@param points number?
---@param status string?
---@param near? number?
---@return number?
function by_status(points, status, near) end

---按权重平均，参数为 { 值， 权重 }
---
---weighted mean of { value, weight } pairs; the weights need not sum to 1
---@param ... { [1]: number?, [2]: number? }
---@return number?
function weighted(...) end

---各部分得分（满分均为 full）按权重合成，再折算为分值
---
---points by the weighted mean of { score, weight } pairs, each score out of `full`
---@param points number?
---@param full number?
---@param ... { [1]: number?, [2]: number? }
---@return number?
function weighted_points(points, full, ...) end

---按水平分与进步分（0 到 1）计分：{ level, progress, value, mean, better, share, difficulty }；value 不劣于均值 mean 时水平占 share（默认 0.7），劣于时占 1 − share；再乘难度系数 difficulty（默认 1），至多为分值
---
---points for level and progress (shares 0 to 1): { level, progress, value, mean, better, share, difficulty }; level weighs `share` (0.7) where value is not on the worse side of mean, 1 − share where it is; times difficulty (1), at most the points
---@param points number?
---@param parts table
---@return number?
function level_progress(points, parts) end

---按抽查核实修正自评分：符合率 agreed / checked 达到 accepted（默认 0.95）即认可，否则乘以（符合率 + 1 − accepted）
---
---a self-score corrected by samples: as it is where agreed / checked reaches `accepted` (0.95), else times that rate + (1 − accepted)
---@param score number?
---@param agreed number?
---@param checked number?
---@param accepted? number?
---@return number?
function verified(score, agreed, checked, accepted) end

---极差标准化，如以 peers_least、peers_most 为界；两界相同时为 nil
---
---(value − from) / (to − from), as with peers_least and peers_most; nil where the two are the same
---@param value number?
---@param from number?
---@param to number?
---@return number?
function min_max(value, from, to) end

---按固定的上下限标准化，限制在 0 到 1
---
---the same kept between 0 and 1, with fixed limits; `to` may be the smaller
---@param value number?
---@param from number?
---@param to number?
---@return number?
function goalposts(value, from, to) end

---从最差值 worst（默认 0）到目标已走完的比例，0 到 1
---
---the share of the way from worst (0 when left out) to the target that is behind, 0 to 1
---@param value number?
---@param target number?
---@param worst number?
---@return number?
function distance_to_target(value, target, worst) end

---标准分：（值 − 均值）/ 标准差；标准差为 0 时为 0
---
---(value − mean) / deviation, 0 where there is no deviation
---@param value number?
---@param mean number?
---@param deviation number?
---@return number?
function z_score(value, mean, deviation) end

---百分位次：第 1 名为 1，末名为 0；不足两个时为 nil
---
---share of the others that are behind: 1 for place 1, 0 for the last; nil for fewer than two
---@param rank number?
---@param count number?
---@return number?
function percentile_rank(rank, count) end

---分项 { 值， 权重 }（权重默认 1）的加权算术平均；缺失的分项不计，有值的权重不足 least（默认 1 即全部）时为 nil
---
---mean of { value, weight } parts (weight 1 when left out); missing ones are left out, nil when less than `least` of the weight (1, all of it, when left out) is there
---@param parts table
---@param least? number?
---@return number?
function arithmetic_mean(parts, least) end

---加权几何平均，参数同上；分项不能为负
---
---the same as a geometric mean; parts are not below 0
---@param parts table
---@param least? number?
---@return number?
function geometric_mean(parts, least) end

---加权调和平均，参数同上；分项不能为负
---
---the same as a harmonic mean; parts are not below 0
---@param parts table
---@param least? number?
---@return number?
function harmonic_mean(parts, least) end

---限制在上下界之间
---
---the value kept between low and high
---@param value number?
---@param low number?
---@param high number?
---@return number?
function clamp(value, low, high) end

---按十进制文本四舍五入
---
---rounds half away from zero on the decimal text
---@param value number?
---@param digits? number?
---@return number?
function round(value, digits) end

---按十进制文本截尾
---
---cuts behind the digits on the decimal text
---@param value number?
---@param digits? number?
---@return number?
function truncate(value, digits) end

---@alias biaochi.Observations table<string, number|table<integer, number>>

---@class biaochi.Given
---@field year integer
---@field observations? biaochi.Observations
---@field regions? table<string, { observations: biaochi.Observations }>

---把若干测试归为一组
---
---groups specs
---@param name string
---@param body fun()
function describe(name, body) end

---一项测试，其中没有断言失败即为通过
---
---one spec; it passes when nothing in it fails
---@param name string
---@param body fun()
function it(name, body) end

---在组内每项测试之前执行
---
---runs before each spec of the group
---@param body fun()
function before_each(body) end

---用给出的数据评估，返回结果
---
---evaluates the pack on the data given and gives the result
---@param given biaochi.Given
---@return table
function evaluate(given) end

---@class biaochi.assert
---@overload fun(value: any, message?: string): any
assert = {}

---两个值相等（==）
---
---equal by ==
function assert.equal(wanted, got) end

---内容相等，表逐项比较
---
---equal in content, tables compared deeply
function assert.same(wanted, got) end

---两数之差不超过容差
---
---numbers that differ by the tolerance at most
function assert.near(wanted, got, tolerance) end

---恰为 true
---
---exactly true
function assert.is_true(got) end

---恰为 false
---
---exactly false
function assert.is_false(got) end

---为 nil
---
---nil
function assert.is_nil(got) end

---不为 nil
---
---anything but nil
function assert.is_not_nil(got) end

---函数出错；给出 text 时，错误信息须包含它
---
---the function raises an error; its message contains the text, when given
function assert.has_error(action, text) end
