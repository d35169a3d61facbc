-- 本评估包自己的测试。@PARENT@ 的测试不会在这里运行：改动之处请在此写明应有的结果。

describe("继承 @PARENT@", function()
  it("所继承的内容都在", function()
    local result = evaluate { year = 2025, observations = {} }
    assert.is_not_nil(result["@LIST@"]["@SHOWN@"])
  end)
end)
