# expect: worker 4 the end came before what was asked for
# for COMMAND: evaluate
# for TEXT: - abcd abcdefg abcdefghi abcdefghijklmnop
describe
take 8
frame 105 '@TEXT@'
exec sleep 60
