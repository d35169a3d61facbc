# expect: worker 4 a failure is malformed
# for COMMAND: evaluate
describe
take 8
{ u32 103 && u32 $((16 + 8193)) && u32 0 && u32 0 && u32 0 && u32 1 && printf '%08193d' 0; } >&3
exec sleep 60
