# expect: worker 4 killed at its deadline of 500 ms
# for COMMAND: evaluate
# for QUESTION: 8 9
describe
take @QUESTION@
exec sleep 60
