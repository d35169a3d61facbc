# expect: worker 4 a failure is malformed
# for COMMAND: evaluate
# for REGION: 1 256 2147483648 4294967295
describe
take 8
{ u32 103 && u32 17 && u32 @REGION@ && u32 1 && u32 0 && u32 1 && printf x; } >&3
exec sleep 60
