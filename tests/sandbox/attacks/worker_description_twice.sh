# expect: worker 4 a second description came
# for COMMAND: test
describe
describe
exec sleep 60
