-- expect: load 1 pack.lua:3: unknown name '_G'
local environment = _ENV
return environment["_G"]
