-- The share of women among people's deputies should rise from one term of office to the next: 逐届提高。

pack { id = "term_of_office", title = "逐届提高", region = "150802", version = "1.0.0", api = 1,
  terms = { 2012, 2016, 2021, 2026 }, conventions = { digits = 1 } }

local women = plan "women" { title = "妇女发展规划", from = 2021, to = 2030, baseline = 2020 }

women:domain "decisions" { title = "参与决策" } {
  indicator "deputies" { title = "人大代表中女性比例", unit = "%", lead = "人大", target = rises { per = "term" },
    conventions = { period = "term" } },
  indicator "committees" { title = "村委会成员中女性比例", unit = "%", lead = "民政局",
    target = all_of(at_least(30), rises { per = "term" }) },
}
