# expect: worker 4 a message of unknown type * came
# for COMMAND: check
exec yes 'a flood of frames' >&3
