# expect: worker 4 a failure is malformed
# for COMMAND: check evaluate
# for TEXT: {}; x; {"file":1,"line":1,"message":"x"}; {"file":"pack.lua","line":"1","message":"x"}; {"file":"pack.lua","line":-1,"message":"x"}; {"file":"pack.lua","line":1,"message":"\u001b[2J"}; {"file":"\u001b[2J","line":1,"message":"x"}; {"file":"pack.lua","line":99999999999,"message":"x"}
frame 102 '@TEXT@'
exec sleep 60
