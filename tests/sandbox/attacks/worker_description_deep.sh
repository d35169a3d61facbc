# expect: worker 4 the description is no JSON object
# for COMMAND: check
frame 101 "$(awk 'BEGIN { for (i = 0; i < 100000; i++) printf "[" }')"
exec sleep 60
