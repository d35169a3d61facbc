# expect: worker 4 the worker process exited early with code 3
# for COMMAND: evaluate
# for RULE, REGION: 3 0; 4294967295 0; 2147483647 0; 0 1; 0 4294967295
describe
take 8
{ u32 @RULE@ && u32 @REGION@; } | dd of=/proc/self/fd/4 conv=notrunc status=none
exit 3
