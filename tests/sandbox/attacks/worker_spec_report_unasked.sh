# expect: worker 4 a spec report is malformed
# for COMMAND: check
frame 106 '[]'
exec sleep 60
