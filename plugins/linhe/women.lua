-- 主要目标：八个领域 11、9、10、11、9、9、11、9 条，共 79 条。每条一个条款，几项要求的分成几个指标。

-- 总体目标按领域概括，由八个领域承接；以人民为中心、共建共治共享两条原则由整个规划承接。
-- 基期年为本包自定：规划首年的上一年。
local women = plan "women" {
  title = "临河区妇女发展规划（2021—2030年）", from = 2021, to = 2030, baseline = 2020,
  source = { "principle_3", "principle_6" },
}

women:domain "health" { title = "妇女与健康", source = "overall_goal" } (include "goals/health")
women:domain "education" { title = "妇女与教育", source = "overall_goal" } (include "goals/education")
women:domain "economy" { title = "妇女与经济", source = "overall_goal" } (include "goals/economy")
women:domain "decision" { title = "妇女参与决策和管理", source = "overall_goal" } (include "goals/decision")
women:domain "security" { title = "妇女与社会保障", source = "overall_goal" } (include "goals/security")
women:domain "family" { title = "妇女与家庭建设", source = "overall_goal" } (include "goals/family")
women:domain "environment" { title = "妇女与环境", source = "overall_goal" } (include "goals/environment")
women:domain "law" { title = "妇女与法律", source = "overall_goal" } (include "goals/law")
