-- Numbers that look random and are the same on every machine: each figure draws from a stream of its
-- own, named by what it is about, so that a figure more or less changes no other.

local random = {}

-- FNV-1a over the name's bytes.
local function hash(name)
  local value = 0xcbf29ce484222325
  for i = 1, #name do value = (value ~ name:byte(i)) * 0x100000001b3 end
  return value
end

local Stream = {}
Stream.__index = Stream

-- The stream of that name under a seed.
function random.stream(seed, name) return setmetatable({ state = hash(("%d/%s"):format(seed, name)) }, Stream) end

-- Even between 0 and 1, 1 left out: SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
function Stream:even()
  self.state = self.state + 0x9e3779b97f4a7c15
  local value = self.state
  value = (value ~ (value >> 30)) * 0xbf58476d1ce4e5b9
  value = (value ~ (value >> 27)) * 0x94d049bb133111eb
  value = value ~ (value >> 31)
  return (value >> 11) / 9007199254740992.0
end

function Stream:between(low, high) return low + (high - low) * self:even() end

function Stream:whole(low, high) return low + math.floor((high - low + 1) * self:even()) end

function Stream:chance(probability) return self:even() < probability end

-- Nearly normal, of mean 0 and deviation 1: no logarithm, so that no library decides the last bit.
function Stream:normal()
  local sum = 0
  for _ = 1, 12 do sum = sum + self:even() end
  return sum - 6
end

-- One of the names, each as often as its weight says.
function Stream:choose(weights)
  local names, total = {}, 0
  for name, weight in pairs(weights) do
    names[#names + 1] = name
    total = total + weight
  end
  table.sort(names)
  local left = total * self:even()
  for _, name in ipairs(names) do
    left = left - weights[name]
    if left < 0 then return name end
  end
  return names[#names]
end

return random
