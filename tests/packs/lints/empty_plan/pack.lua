-- 规划里什么都没有。
pack { id = "empty_plan", title = "检查", region = "150800", version = "1.0.0", api = 1 }

plan "women" { title = "妇女规划", from = 2021, to = 2030, baseline = 2020 }
