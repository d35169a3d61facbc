-- 策略措施：八个领域 13、12、13、10、11、12、13、12 条，共 96 条，与主要目标分开计算。
-- 每条是一项任务，checks 是检查时逐项核对的内容，indicators 是反映其进展的指标；
-- 措施中写明“全覆盖”“100%”“不降低”“相适应”等可以量的十二项另立为指标。牵头单位和责任单位为本包自定，见 units.lua。

local measures = plan "women_measures" {
  title = "策略措施", from = 2021, to = 2030, baseline = 2020,
}

measures:domain "health" { title = "妇女与健康" } (include "measures/health")
measures:domain "education" { title = "妇女与教育" } (include "measures/education")
measures:domain "economy" { title = "妇女与经济" } (include "measures/economy")
measures:domain "decision" { title = "妇女参与决策和管理" } (include "measures/decision")
measures:domain "security" { title = "妇女与社会保障" } (include "measures/security")
measures:domain "family" { title = "妇女与家庭建设" } (include "measures/family")
measures:domain "environment" { title = "妇女与环境" } (include "measures/environment")
measures:domain "law" { title = "妇女与法律" } (include "measures/law")
