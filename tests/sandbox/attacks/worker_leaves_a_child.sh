# expect: worker 4 the worker process exited early with code 0
# for COMMAND: check
sleep 3 &
exit 0
