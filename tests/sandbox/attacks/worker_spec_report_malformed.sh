# expect: worker 4 a spec report is malformed
# for COMMAND: test
# for TEXT: {}; [1]; [{"name":"x"}]; [{"name":"\u001b","file":"x","line":1,"passed":true}]; [{"name":"x","file":"x","line":1,"passed":false,"message":"\u001b[2J"}]; x
frame 101 "$(cat description.json)"
frame 106 '@TEXT@'
exec sleep 60
