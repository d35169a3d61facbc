-- expect: load 1 pack.lua:4: *
-- for CALL: pack(nil); pack{}pack{}; plan(nil)(nil); unit(1)(2); indicator{}{}; warning"w"(); assessment"a"{1,2,3}; item"i"{item}; veto"v"{when=1}; plan"p"{}:domain(1)(2)(3); plan"p"{}.domain(); at_least(); within(2,1); around(1); rises{per="day"}; ratio(1,0); all_of(); any_of(1); not_below({}); include(1); include""; narrows{years=1e9}; keeps_at_least{}; objective{}{}
pack { id = "attack", title = "误用", region = "150802", version = "1.0.0", api = 1 }
@CALL@
