# expect: worker 4 the results of region 150802 are malformed
# for COMMAND: evaluate
describe
take 9
finish
exec sleep 60
