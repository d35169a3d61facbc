-- expect: load 1 pack.lua:5: *
-- for FIELD: lead="\27[2J"; unit="\27[2J"; source="\27[2J"; applies_to={"\27[2J"}; ["\27[2J"]=1; conventions={method_version="\27[2J"}; conventions={["\27[2J"]=1}; forecast="\27[2J"; milestones={["\27[2J"]=1}; target="\27[2J"; targets={["\27[2J"]=at_least(1)}
pack { id = "attack", title = "攻击", region = "150802", version = "1.0.0", api = 1 }
local p = plan "p" { title = "规划", from = 2021, to = 2030, baseline = 2020 }
p:domain "d" { title = "领域" } { indicator "i" { title = "指标", @FIELD@ } }
