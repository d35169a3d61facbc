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

-- What the property check says of them: a rate, or a mean of what is there, that is made without the
-- indicators that have no data rises when a bad figure is left out. Everything else holds.
local found = {
  four_levels = { { "missing", 32 } }, peers_index = { { "missing", 17 }, { "missing", 38 } }, total_900 = { { "missing", 18 } },
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

  for name in pairs(specs) do
    it(name .. " holds what the property check asks, or is known not to", function()
      local result = workspace:run("pack", "check", folder .. name, "--properties", "--cases", 20, "--format", "json")
      local report, findings = support.decode(result.out), {}
      for i, example in ipairs(report.counter_examples) do findings[i] = { example.property, example.line } end
      assert.same(found[name] or {}, findings)
      for _, example in ipairs(report.counter_examples) do assert.truthy(example.hint:find("no_data", 1, true)) end
    end)
  end

  it("are all listed here", function()
    for name in lfs.dir(folder) do
      if name:sub(1, 1) ~= "." then assert.is_number(specs[name], name) end
    end
  end)
end)
