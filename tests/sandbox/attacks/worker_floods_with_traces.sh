# expect: worker 4 a trace is malformed or was not asked for
# for COMMAND: evaluate
frame 101 "$(cat description.json)"
while :; do frame 104 '{}'; done
