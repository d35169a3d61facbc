# expect: worker 4 a message of * bytes is over the limit
# for COMMAND: check
exec yes 'a flood of frames' >&3
