-- What busted prints here: each failure with its place, and a last line with the counts that ./dev
-- reads. Busted's own handlers print no such line when a spec file does not even load.

local pretty = require "pl.pretty"

local function describe(failure)
  local trace = failure.element.trace or {}
  local place = trace.short_src and ("%s:%d: "):format(trace.short_src, trace.currentline or 0) or ""
  local message = failure.message
  if type(message) ~= "string" then message = message == nil and "no message" or pretty.write(message) end
  return ("FAILED %s%s\n  %s\n"):format(place, failure.name, message:gsub("\n", "\n  "))
end

return function()
  local busted = require "busted"
  local handler = require "busted.outputHandlers.base" ()

  local function suite_end()
    for _, failure in ipairs(handler.failures) do io.write(describe(failure)) end
    for _, failure in ipairs(handler.errors) do io.write(describe(failure)) end
    for _, pending in ipairs(handler.pendings) do io.write("PENDING ", pending.name, "\n") end
    io.write(("%d passed, %d failed\n"):format(handler.successesCount, handler.failuresCount + handler.errorsCount))
    return nil, true
  end

  busted.subscribe({ "suite", "end" }, suite_end)
  return handler
end
