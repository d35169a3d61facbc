-- The reference of the pack API as Markdown, in Chinese or English.
-- Gives a function from (table of the pack API, "zh" or "en") to the text of the section.

local words = {
  zh = {
    declarations = "声明", targets = "目标", scoring = "计分函数", inputs = "规则的输入", conventions = "口径",
    offered = "可用的 Lua 函数", specs = "测试", field = "字段", type = "类型", required = "必填", meaning = "说明",
    inheritance = "继承", inheritance_text = "KIND 是上文任一种声明；领域、考核项和一票否决写作 `规划.领域`、`考核.项目`，不重名时可只写后一段。",
    form = "写法", name = "名称", where = "可用处", values = "取值", default = "默认", yes = "是",
    comma = "、", colon = "：", offered_text = "此外均不提供，包括：", anywhere = "各处",
    scoring_text = "任何一个参数为 nil（缺失），结果就是 nil：缺数据不得分。",
    inputs_text = [[
除下表外，还可以用：

- 分组 %s，以及用 `breakdown` 声明的分组、成员单位的标识：当前指标按该分组的本年值；
- 任一指标、数据项、事实的标识：它的本年值；后面可加 `_分组`，如 `enrolment_female`；
- `指标标识_名称`：另一指标的数值，如 `enrolment_progress`（公式里不可用，公式只用值）；
- `attainment`、`met_count` 一类的后面可加 `_规划` 或 `_规划_领域`，如 `attainment_women_health`。不加时指当前的规划；
  区划预警里、以及有几个规划而考核没有写 `plan` 时，必须加。

缺失的数是 nil。公式和一票否决的输入有任何一个缺失时，规则不被调用，结果就是缺失；
指标写了 `partial = true` 的，公式仍然调用。]],
    places = { formula = "公式", indicator = "指标预警", plan = "规划预警", region = "区划预警", item = "考核" },
    types = {
      text = "文本", id = "标识", number = "数值", integer = "整数", boolean = "true / false", rule = "规则",
      target = "目标", targets = "按名称列出的目标", years = "按年份列出的数值", year_list = "年份数组", grades = "等次",
      conventions = "口径", ids = "标识数组", message = "文本", series = "数组", texts = "文本数组", integers = "整数数组",
      due = "日期", unit_id = "单位标识", unit_ids = "单位标识数组", member_ids = "指标标识数组", source = "条款标识或其数组",
    },
  },
  en = {
    inheritance = "Inheritance", inheritance_text = "KIND is any declaration above. Domains, items and vetoes are named "
      .. "`PLAN.DOMAIN`, `ASSESSMENT.ITEM`, or by their last part alone where that is unique.",
    declarations = "Declarations", targets = "Targets", scoring = "Scoring functions", inputs = "Inputs of rules",
    conventions = "Conventions", offered = "Lua functions offered", specs = "Specs", field = "field", type = "type",
    required = "required", meaning = "meaning", form = "form", name = "name", where = "where", values = "values",
    default = "default", yes = "yes", comma = ", ", colon = ": ", anywhere = "anywhere",
    offered_text = "Nothing else is offered; among what is not: ",
    scoring_text = "When any argument is nil (missing), so is the result: missing data earns no points.",
    inputs_text = [[
Beside those in the table, a rule may take:

- a breakdown, %s, one declared with `breakdown`, or the id of a unit: this year's value of the indicator in it;
- the id of any indicator, data item or fact: its value this year; `_BREAKDOWN` may follow, as in `enrolment_female`;
- `ID_NAME`: a figure of another indicator, such as `enrolment_progress` (not in formulas, which use values only);
- `attainment`, `met_count` and their like followed by `_PLAN` or `_PLAN_DOMAIN`, as in `attainment_women_health`.
  Without it the plan at hand is meant; it must be there in warnings on regions, and in an assessment without `plan`
  when the pack has several plans.

What is missing is nil. When any input of a formula or a veto is missing, the rule is not called and the result is
missing; a formula of an indicator with `partial = true` is called all the same.]],
    places = { formula = "formula", indicator = "indicator warning", plan = "plan warning", region = "region warning",
      item = "assessment" },
    types = {
      text = "text", id = "id", number = "number", integer = "whole number", boolean = "true / false", rule = "rule",
      target = "target", targets = "targets by name", years = "numbers by year", year_list = "array of years", grades = "grades",
      conventions = "conventions", ids = "array of ids", message = "text", series = "array", texts = "array of texts",
      integers = "array of whole numbers", due = "date", unit_id = "id of a unit", unit_ids = "ids of units",
      member_ids = "ids of indicators", source = "clause or array of clauses",
    },
  },
}

local out, language, word

local function line(format, ...)
  out[#out + 1] = select("#", ...) > 0 and format:format(...) or format
end

local function code_list(names)
  local quoted = {}
  for i, name in ipairs(names) do quoted[i] = "`" .. name .. "`" end
  return table.concat(quoted, word.comma)
end

local function type_of(kind)
  if type(kind) == "table" then return code_list(kind) end
  return word.types[kind] or error("reference.lua does not know the type " .. tostring(kind), 0)
end

-- A bar inside a cell would end it.
local function row(...)
  local cells = { ... }
  for i, cell in ipairs(cells) do cells[i] = cell:gsub("|", "\\|") end
  line("| %s |", table.concat(cells, " | "))
end

local function header(...)
  row(...)
  line("|%s", ("---|"):rep(select("#", ...)))
end

local function declarations(api)
  line("### %s", word.declarations)
  line ""
  for _, declaration in ipairs(api.declarations) do
    line("#### `%s`", declaration.form)
    line ""
    line(declaration[language])
    line ""
    if #declaration.fields > 0 then
      header(word.field, word.type, word.required, word.meaning)
      for _, field in ipairs(declaration.fields) do
        row("`" .. field.name .. "`", type_of(field.type), field.required and word.yes or "", field[language])
      end
      line ""
    end
    line "```lua"
    line(declaration.example)
    line "```"
    line ""
  end
end

local function inheritance(api)
  line("### %s", word.inheritance)
  line ""
  line(word.inheritance_text)
  line ""
  header(word.form, word.meaning)
  for _, entry in ipairs(api.inheritance) do row("`" .. entry.form .. "`", entry[language]) end
  line ""
  line "```lua"
  for _, entry in ipairs(api.inheritance) do line(entry.example) end
  line "```"
  line ""
end

local function constructors(title, entries, text)
  line("### %s", title)
  line ""
  if text then
    line(text)
    line ""
  end
  header(word.form, word.meaning)
  for _, entry in ipairs(entries) do
    row(("`%s(%s)`"):format(entry.name, table.concat(entry.parameters, ", ")), entry[language])
  end
  line ""
end

local function places(on)
  local names = {}
  for i, place in ipairs(on) do
    if place == "any" then return word.anywhere end
    names[i] = word.places[place]
  end
  return table.concat(names, word.comma)
end

local function inputs(api)
  local breakdowns = {}
  for i, breakdown in ipairs(api.breakdowns) do breakdowns[i] = breakdown.name end
  line("### %s", word.inputs)
  line ""
  line(word.inputs_text, code_list(breakdowns))
  line ""
  header(word.name, word.where, word.type, word.meaning)
  for _, input in ipairs(api.inputs) do
    row("`" .. input.name .. "`", places(input.on), type_of(input.type), input[language])
  end
  line ""
end

local function conventions(api)
  line("### %s", word.conventions)
  line ""
  header(word.name, word.values, word.default, word.meaning)
  for _, convention in ipairs(api.conventions) do
    row("`" .. convention.name .. "`", type_of(convention.values), "`" .. tostring(convention.default) .. "`",
      convention[language])
  end
  line ""
end

local function specs(api)
  line("### %s", word.specs)
  line ""
  header(word.form, word.meaning)
  for _, list in ipairs { api.specs, api.assertions } do
    for _, entry in ipairs(list) do row("`" .. entry.form .. "`", entry[language]) end
  end
  line ""
end

local function offered(api)
  line("### %s", word.offered)
  line ""
  line(code_list(api.offered.globals))
  line ""
  for _, library in ipairs { "math", "string", "table", "utf8" } do
    line("- `%s`%s%s", library, word.colon, code_list(api.offered[library]))
  end
  line ""
  line("%s%s", word.offered_text, code_list(api.forbidden))
end

return function(api, wanted_language)
  out, language, word = {}, wanted_language, words[wanted_language]
  declarations(api)
  inheritance(api)
  constructors(word.targets, api.targets)
  constructors(word.scoring, api.scoring, word.scoring_text)
  inputs(api)
  conventions(api)
  specs(api)
  offered(api)
  return table.concat(out, "\n") .. "\n"
end
