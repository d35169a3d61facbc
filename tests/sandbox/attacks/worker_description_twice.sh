# expect: worker 4 a second description came
# for COMMAND: evaluate
frame 101 "$(cat description.json)"
frame 101 "$(cat description.json)"
exec sleep 60
