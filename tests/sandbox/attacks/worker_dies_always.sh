# expect: worker 4 the worker process exited early with code 3
# for COMMAND: evaluate
# for QUESTION: 8 9
describe
take @QUESTION@
exit 3
