local wide = "ｕｓｅｒ.office"

local requests = {}
for _, name in ipairs { "User.Office", "USER.OFFICE", "user.office ", " user.office", "user.offıce", "usеr.office", wide, "user.office\\u200b",
  "user.office\\n", "..", ".office", "user/office", "a", ("a"):rep(300), ("标"):rep(300), "", "-rf", "root'--", "<script>", "\\ufeffuser.office" } do
  requests[#requests + 1] = { method = "POST", path = "/api/v1/accounts", who = "security_administrator",
    body = ('{"name":"%s","grants":[{"role":"office","region":"150800"}]}'):format(name), status = { 400, 409, 422 } }
end
for _, title in ipairs { "\\u0007", "a\\nb", "\\u001b[31m", "\\u0085" } do
  requests[#requests + 1] = { method = "PUT", path = "/api/v1/accounts/user.office/title", who = "security_administrator",
    body = ('{"title":"%s"}'):format(title), status = { 400, 422 } }
end

return {
  about = "names that look like another's, or are none",
  requests = requests,
  notes = { "login.failed" },
  attack = function(server)
    for i, name in ipairs { "User.Office", "user.office ", "usеr.office", wide, "user.office\\u0020" } do
      assert.equal(401, server:ask({ method = "POST", path = "/api/v1/session", from = "127.0.3." .. i,
        body = server.credentials(name) }).status)
    end
  end,
}
