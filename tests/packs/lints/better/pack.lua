-- better 写错。
pack { id = "better", title = "检查", region = "150800", version = "1.0.0", api = 1 }

fact "late" { title = "迟报", unit = "次", better = "more" }
plan "women" { title = "妇女规划", from = 2021, to = 2030, baseline = 2020 }
