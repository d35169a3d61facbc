-- 年度工作考核，百分制。本包自定：文件没有规定考核办法，八项的分值、等次和一票否决。
-- 各项按有佐证的工作占该项工作的比例计分，没有填报的按没有做到计。

fact "serious_rights_case" { title = "处置不力的侵害妇女儿童权益重大案件", unit = "起", default = 0, digits = 0, better = "lower" }

-- 有佐证(值为 1)的项数；没有填报的不算。
local function count_done(...)
  local done = 0
  for i = 1, select("#", ...) do
    local evidence = select(i, ...)
    if evidence ~= nil and evidence >= 1 then done = done + 1 end
  end
  return done
end

assessment "yearly_work" {
  title = "妇代会年度工作考核",
  of = "self",
  points = 100,
  plan = "work",
  grades = { { 90, "优秀" }, { 80, "良好" }, { 60, "合格" }, { 0, "不合格" } },

  item "team" {
    title = "队伍建设", points = 12,
    score = function(points, attainment_work_team) return proportion(points, attainment_work_team, 1) end,
  },
  item "mechanism" {
    title = "工作机制", points = 12,
    score = function(points, attainment_work_mechanism) return proportion(points, attainment_work_mechanism, 1) end,
  },
  item "platform" {
    title = "建功平台", points = 12,
    score = function(points, attainment_work_platform) return proportion(points, attainment_work_platform, 1) end,
  },
  item "festivals" {
    title = "节日活动", points = 10,
    score = function(points, attainment_work_festivals) return proportion(points, attainment_work_festivals, 1) end,
  },
  item "family" {
    title = "文明家庭", points = 14,
    score = function(points, attainment_work_family) return proportion(points, attainment_work_family, 1) end,
  },
  item "publicity" {
    title = "宣传", points = 10,
    score = function(points, attainment_work_publicity) return proportion(points, attainment_work_publicity, 1) end,
  },
  item "rights" {
    title = "维权", points = 14,
    score = function(points, attainment_work_rights) return proportion(points, attainment_work_rights, 1) end,
  },

  -- 慰问按人数计 6 分；其余六项工作计 10 分，慰问不在其中再计。
  item "poverty" {
    title = "扶贫帮困", points = 16,
    item "visits" {
      title = "百名贫困妇女慰问", points = 6,
      score = function(points, poor_women_visited) return proportion(points, poor_women_visited, 100) end,
    },
    item "help" {
      title = "援助、关爱和新居民服务", points = 10,
      score = function(points, able_women, disabled_mothers, poor_mothers_rights, spring_buds, vulnerable_children,
                       new_residents)
        local done = count_done(able_women, disabled_mothers, poor_mothers_rights, spring_buds, vulnerable_children,
          new_residents)
        return proportion(points, done, 6)
      end,
    },
  },

  veto "serious_case" {
    title = "侵害妇女儿童权益重大案件处置不力",
    when = function(serious_rights_case) return serious_rights_case > 0 end,
    grade = "不合格",
  },
}
