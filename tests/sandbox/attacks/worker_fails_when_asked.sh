# expect: worker 1 pack.lua:7: it cannot be
# for COMMAND: evaluate
# for QUESTION: 8 9
describe
take @QUESTION@
frame 102 '{"file":"pack.lua","line":7,"message":"it cannot be"}'
exec sleep 60
