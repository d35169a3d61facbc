-- expect: spec 1 spec/attack_spec.lua:3: spec failed: *[2Jcleared*: *]0;title*
-- Escape sequences in the names and messages of specs do not reach the terminal.
it("\27[2Jcleared \u{9b}31m", function() error("\27]0;title\7 \xff\xfe \0 end", 0) end)
it(("long"):rep(100000), function() error(("long"):rep(100000)) end)
it({}, function() error({}) end)
it(nil, function() error(nil) end)
it("nothing", nil)
