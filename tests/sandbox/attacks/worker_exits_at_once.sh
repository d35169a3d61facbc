# expect: worker 4 the worker process exited early with code 7
# for COMMAND: check evaluate
exit 7
