# expect: worker 1 pack.lua:7: it cannot be
# for COMMAND: check
# What it says counts, although it is gone when it is read.
frame 102 '{"file":"pack.lua","line":7,"message":"it cannot be"}'
exit 3
