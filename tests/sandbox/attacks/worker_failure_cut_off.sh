# expect: worker 4 a failure is malformed
# for COMMAND: evaluate
# for LENGTH: 0 1 4 12 15
describe
take 8
{ u32 103 && u32 @LENGTH@ && head -c @LENGTH@ /dev/zero; } >&3
exec sleep 60
