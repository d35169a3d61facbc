# expect: worker 4 the end came before what was asked for
# for COMMAND: evaluate
finish
exec sleep 60
