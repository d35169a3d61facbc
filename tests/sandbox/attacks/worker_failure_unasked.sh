# expect: worker 4 a failure is malformed
# for COMMAND: evaluate
# for BEFORE: : describe
@BEFORE@
{ u32 103 && u32 17 && u32 0 && u32 1 && u32 0 && u32 1 && printf x; } >&3
exec sleep 60
