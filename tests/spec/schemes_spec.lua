-- Schemes taken from practice, one small pack each in tests/packs/schemes: their specs hold figures
-- worked out by hand and run in the real sandbox. How many specs each has is stated here, so that none
-- goes missing unnoticed.

local lfs = require "lfs"
local support = require "tests.spec.support"

local folder = support.root .. "/tests/packs/schemes/"

local specs = {
  flat_last_year = 5, four_levels = 4, gender_gap = 4, health_year = 3, human_development = 4, innovation = 4,
  level_progress = 5, linear_band = 3, lines = 1, near_met = 4, not_applicable = 2, peers_index = 5, per_step = 4,
  printed_rates = 3, relative = 5, routine_on_site = 2, seasons = 2, term_of_office = 5, total_1000 = 2, total_125 = 3,
  total_900 = 2, verified_scores = 3, veto = 4,
}

local workspace

setup(function() workspace = support.workspace() end)
teardown(function() workspace:remove() end)

describe("schemes", function()
  for name, count in pairs(specs) do
    it(name .. " gives the figures worked out by hand", function()
      workspace:json(0, "pack", "check", folder .. name)
      assert.equal(count, workspace:json(0, "pack", "test", folder .. name).specs_passed)
    end)
  end

  it("are all listed here", function()
    for name in lfs.dir(folder) do
      if name:sub(1, 1) ~= "." then assert.is_number(specs[name], name) end
    end
  end)
end)
