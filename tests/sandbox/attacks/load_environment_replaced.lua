-- expect: load 1 pack.lua:4: attempt to call a nil value (global 'pack')
-- A pack may replace its own environment; it gets nothing by it.
_ENV = {}
pack { id = "attack" }
