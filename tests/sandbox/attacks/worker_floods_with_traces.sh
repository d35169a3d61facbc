# expect: worker 4 a trace is malformed or was not asked for
# for COMMAND: evaluate
frame 101 "$(cat description.json)"
while frame 104 '{}'; do :; done
