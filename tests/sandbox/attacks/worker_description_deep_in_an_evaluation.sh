# expect: worker 4 the pack described itself differently from when it was checked
# for COMMAND: evaluate
frame 101 "$(awk 'BEGIN { for (i = 0; i < 100000; i++) printf "[" }')"
exec sleep 60
