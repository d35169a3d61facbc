# expect: worker 4 the pack described itself differently from when it was checked
# for COMMAND: evaluate
frame 101 '{"pack":{"id":"good"}}'
exec sleep 60
