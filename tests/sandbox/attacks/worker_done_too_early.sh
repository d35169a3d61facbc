# expect: worker 4 the end came before what was asked for
# for COMMAND: check test evaluate
frame 105 ""
exec sleep 60
