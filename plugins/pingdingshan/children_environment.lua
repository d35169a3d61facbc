-- 儿童与社会环境：7 项。

local CITY = { "410400" }

return {
  indicator "urban_parent_schools" {
    title = "城市社区家长学校或家庭教育指导服务站点覆盖率", unit = "%", digits = 1, lead = "federation",
    target = at_least(90),
  },
  indicator "rural_parent_schools" {
    title = "农村社区（村）家长学校或家庭教育指导服务站点覆盖率", unit = "%", digits = 1, lead = "federation",
    target = at_least(80),
  },
  indicator "childrens_homes" {
    title = "城乡社区儿童之家覆盖率", unit = "%", digits = 1, lead = "federation",
    target = at_least(90),
  },
  indicator "child_social_workers" {
    title = "配备儿童社会工作者的街道和乡镇比例", unit = "%", digits = 1, lead = "civil_affairs",
    target = full(),
  },
  indicator "activity_centres" {
    title = "建有妇女儿童活动场所的县（市、区）数", unit = "个", digits = 0, lead = "federation",
    target = at_least(10), applies_to = CITY,
  },
  indicator "library_children" {
    title = "设儿童阅览室或图书角的公共图书馆比例", unit = "%", digits = 1, lead = "culture",
    target = full(),
  },
  indicator "school_water" {
    title = "饮用水达到卫生标准的农村学校比例", unit = "%", digits = 1, lead = "water",
    target = full(),
  },
}
