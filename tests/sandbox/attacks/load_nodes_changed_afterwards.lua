-- expect: load 1 *
-- for CHANGE: i.id="\27[2J"; i.file="\27[2J"; i.line={}; i.title=i; i.formula=99; i.formula=-5; i.target={kind="within"}; i.targets={1,2}; i.milestones={{year="x"}}; i.file=("x"):rep(10000); i.lead=1; i.id=nil
pack { id = "attack", title = "攻击", region = "150802", version = "1.0.0", api = 1 }
local i = indicator "i" { title = "指标", unit = "%", lead = "我", target = at_least(1) }
local p = plan "p" { title = "规划", from = 2021, to = 2030, baseline = 2020 }
p:domain "d" { title = "领域" } { i, indicator "i" { title = "同名", unit = "%", lead = "我", target = at_least(1) } }
@CHANGE@
