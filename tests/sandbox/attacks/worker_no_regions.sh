# expect: worker 4 the worker left out some regions
# for COMMAND: evaluate
frame 101 "$(cat description.json)"
frame 105 ""
exec sleep 60
