# expect: worker 4 the pack described itself differently from when it was checked
# for COMMAND: evaluate
# for BEFORE: :; take 8; evaluate
describe
@BEFORE@
describe
exec sleep 60
