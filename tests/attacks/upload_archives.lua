local support = require "tests.spec.support"

local function little(number, bytes) return ("<I" .. bytes):pack(number) end

-- A ZIP archive: entries { name, bytes (as they stand in it), method, crc, length (unpacked), mode }.
local function archive(entries)
  local files, list, at = {}, {}, 0
  for _, entry in ipairs(entries) do
    local common = little(20, 2) .. little(0x800, 2) .. little(entry.method or 0, 2) .. little(0, 2) .. little(33, 2)
      .. little(entry.crc or 0, 4) .. little(#entry.bytes, 4) .. little(entry.length or #entry.bytes, 4) .. little(#entry.name, 2)
    local file = "PK\3\4" .. common .. little(0, 2) .. entry.name .. entry.bytes
    files[#files + 1] = file
    list[#list + 1] = "PK\1\2" .. little(0x314, 2) .. common .. little(0, 2) .. little(0, 2) .. little(0, 2) .. little(0, 2)
      .. little((entry.mode or 33188) << 16, 4) .. little(at, 4) .. entry.name
    at = at + #file
  end
  local directory = table.concat(list)
  return table.concat(files) .. directory .. "PK\5\6" .. little(0, 2) .. little(0, 2) .. little(#entries, 2) .. little(#entries, 2)
    .. little(#directory, 4) .. little(at, 4) .. little(0, 2)
end

local function crc_of(bytes)
  local crc = 0xFFFFFFFF
  for i = 1, #bytes do
    crc = crc ~ bytes:byte(i)
    for _ = 1, 8 do crc = (crc >> 1) ~ (0xEDB88320 & -(crc & 1)) end
  end
  return crc ~ 0xFFFFFFFF
end

local function file(name, bytes) return { name = name, bytes = bytes, crc = crc_of(bytes) } end

-- What gzip makes of so many zeros is a deflated stream between its own head and end.
local function zeros(server, name, mib)
  server.workspace:shell(("head -c %d /dev/zero | gzip -9n >zeros.gz"):format(mib << 20))
  local gzip = support.read_file(server.workspace:path "zeros.gz")
  return { name = name, bytes = gzip:sub(11, -9), method = 8, crc = ("<I4"):unpack(gzip, -8), length = mib << 20 }
end

local pack = support.pack:gsub('"1%.0%.0"', '"1.0.7"')

local function many(count)
  local entries = { file("pack.lua", pack) }
  for i = 1, count do entries[#entries + 1] = file("f" .. i .. ".lua", "") end
  return archive(entries)
end

return {
  about = "archives that unpack to too much, lead elsewhere or are none",
  attack = function(server)
    local function upload(bytes, kind)
      return server:ask { method = "POST", path = "/api/v1/candidates", who = "administrator", body = bytes, type = kind or "application/zip" }
    end
    -- Without this an archive could be refused for another reason than the one it is about.
    local good = archive { file("pack.lua", pack) }
    local taken = upload(good)
    assert.equal(200, taken.status, taken.body)
    local lying = zeros(server, "a.lua", 1)
    lying.length = 10
    local bad = {
      bomb = archive { file("pack.lua", pack), zeros(server, "a.lua", 600) },
      ["a small bomb"] = archive { zeros(server, "pack.lua", 2) },
      ["a bomb that says it is small"] = archive { file("pack.lua", pack), lying },
      ["many bombs"] = archive { zeros(server, "a.lua", 60), zeros(server, "b.lua", 60), zeros(server, "c.lua", 60) },
      link = archive { file("pack.lua", pack), { name = "a.lua", bytes = "/etc/passwd", crc = crc_of "/etc/passwd", mode = 41471 } },
      device = archive { file("pack.lua", pack), { name = "a.lua", bytes = "", mode = 8630 } },
      ["10000 files"] = many(10000), ["10001 files"] = many(10001), ["501 files"] = many(501),
      absolute = archive { file("pack.lua", pack), file("/etc/cron.d/a.lua", "") },
      drive = archive { file("pack.lua", pack), file("C:\\a.lua", "") },
      outside = archive { file("pack.lua", pack), file("../a.lua", "") },
      ["outside, deeper"] = archive { file("pack.lua", pack), file("b/../../a.lua", "") },
      backslash = archive { file("pack.lua", pack), file("..\\a.lua", "") },
      ["no UTF-8"] = archive { file("pack.lua", pack), file("\178\226\202\212.lua", "") },
      control = archive { file("pack.lua", pack), file("a\27[31m.lua", "") },
      nul = archive { file("pack.lua", pack), file("a.lua\0.txt", "") },
      nameless = archive { file("pack.lua", pack), file("", "") },
      twice = archive { file("pack.lua", pack), file("pack.lua", pack) },
      ["differs in case"] = archive { file("pack.lua", pack), file("PACK.lua", pack) },
      ["file and folder"] = archive { file("pack.lua", pack), file("pack.lua/a.lua", "") },
      nested = archive { { name = "pack.zip", bytes = good, crc = crc_of(good) } },
      ["another pack's std"] = archive { file("pack.lua", pack), file("std/scoring.lua", "") },
      ["wrong sum"] = archive { { name = "pack.lua", bytes = pack, crc = 1 } },
      ["cut off"] = good:sub(1, -30), ["cut short"] = good:sub(1, #good // 2), ["something before"] = "#!/bin/sh\n" .. good,
      ["something behind"] = good .. good, empty = archive {}, nothing = "", ["no archive"] = ("x"):rep(10000), ["head alone"] = "PK\3\4",
      ["end alone"] = "PK\5\6" .. ("\255"):rep(18),
    }
    for name, bytes in pairs(bad) do
      local answer = upload(bytes)
      assert(answer.status >= 400 and answer.status < 500, name .. ": " .. answer.status .. " " .. answer.body:sub(1, 300))
      assert(answer.json and answer.json.error.code and utf8.len(answer.body), name)
    end
    for _, kind in ipairs { "text/plain", "application/json", "multipart/form-data; boundary=x", "application/zi", "\255" } do
      local answer = upload(good, kind)
      assert(answer.status >= 400 and answer.status < 500, kind .. ": " .. answer.status)
    end
    local answer = upload(("x"):rep(17 << 20))
    assert.equal(413, answer.status)
    assert(server:peak_mib() < 1500, "the server took " .. server:peak_mib() .. " MiB")
  end,
}
