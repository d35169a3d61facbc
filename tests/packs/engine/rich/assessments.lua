local grades = { { 90, "优秀" }, { 60, "合格" }, { 0, "不合格" } }

assessment "annual" {
  title = "年度考核", of = "region", points = 100, grades = grades,
  item "results" { points = 60,
    applies = function(assessable_count_women) return assessable_count_women > 3 end,
    item "women" { points = 30,
      item "women_health" { points = 15,
        score = function(points, attainment_women_health) return proportion(points, attainment_women_health, 1) end },
      item "women_economy" { points = 15,
        applies = function(income_gap, leadership_status)
          if leadership_status == "near" then return nil end
          return income_gap == nil or income_gap > -50
        end,
        score = function(points, met_count_women_economy) return proportion(points, met_count_women_economy, 4) end },
    },
    item "children" { points = 30,
      score = function(points, attainment_children, no_data_count_children)
        return deduct(proportion(points, attainment_children, 1), no_data_count_children)
      end },
  },
  -- The last two are missing where the indicator does not apply.
  item "reporting" { points = 20,
    score = function(points, late, schooling_pace, old_rate_target)
      return deduct(points, late + (schooling_pace or 7) + (old_rate_target or 3))
    end },
  item "site" { points = 10,
    applies = function(has_site) return has_site ~= nil and has_site < 60 end,
    item "site_checked" { points = 6,
      score = function(points, checked) return band(points, checked, 20, 90) end },
    item "site_progress" { points = 4,
      score = function(points, screening_progress, screening_pace)
        return proportion(points, screening_progress, screening_pace)
      end },
  },
  item "pace" { points = 4, score = function(points, mortality_on_track) return mortality_on_track and points or 0 end },
  -- More than its points when mortality is low.
  item "beyond" { points = 6,
    score = function(points, mortality, mortality_forecast)
      if mortality == nil then return nil end
      return mortality < 3 and points + 1 or mortality_forecast and points / 2 or 0
    end },
  veto "fraud" { when = function(falsified) return falsified > 100 end, grade = "不合格" },
  veto "untrue" {
    when = function(births, births_female, births_male) return births_female + births_male > 2 * births + 100 end,
    grade = "合格",
  },
}

assessment "own" {
  title = "本级自评", of = "self", points = 20, grades = { { 15, "好" }, { 0, "差" } }, plan = "women",
  item "rate" { points = 10,
    score = function(points, attainment) return proportion(points, attainment, 1) end },
  item "place" { points = 10,
    score = function(points, coverage_peers_rank, coverage_peers_count)
      if coverage_peers_rank == nil then return nil end
      return points * (coverage_peers_count - coverage_peers_rank) / coverage_peers_count
    end },
}

assessment "counties" {
  title = "旗县考核", of = "children", points = 30, grades = { { 20, "好" }, { 0, "差" } },
  item "mean" { points = 20,
    score = function(points, infant_mortality, infant_mortality_peers_mean, infant_mortality_parent_value)
      if infant_mortality == nil or infant_mortality_peers_mean == nil then return nil end
      if infant_mortality > infant_mortality_peers_mean then return 0 end
      return infant_mortality_parent_value and points or points / 2
    end },
  item "trend" { points = 10,
    applies = function(myopia_recent_change) return myopia_recent_change ~= 0 end,
    score = function(points, myopia_on_track) return myopia_on_track and points or 0 end },
  veto "gap" { when = function(income_gap_peers_median) return income_gap_peers_median < -60 end, grade = "差" },
}

assessment "units" {
  title = "单位考核", of = "unit", points = 10, grades = { { 5, "好" }, { 0, "差" } },
  item "late" { points = 6, score = function(points, late) return deduct(points, late / 10) end },
  item "joint" { points = 4,
    applies = function(has_site) return has_site ~= 60 end,
    score = function(points, attainment_women, checked)
      if checked == nil then return nil end
      return points * attainment_women
    end },
  veto "fraud" { when = function(falsified) return falsified > 80 end, grade = "差" },
}
