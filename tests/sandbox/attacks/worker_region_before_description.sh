# expect: worker 4 results came for a region that was not asked for
# for COMMAND: check evaluate
frame 103 'abcdefgh'
exec sleep 60
