# expect: worker 4 the worker process was ended by signal 9
# for COMMAND: check evaluate
kill -9 $$
