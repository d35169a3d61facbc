# expect: worker 4 a message of unknown type 106 came
# for COMMAND: evaluate
# for BEFORE: :; describe; evaluate
@BEFORE@
frame 106 '[]'
exec sleep 60
