# expect: worker 1 too many rules had to be left out
# for COMMAND: evaluate
# for RULE: 0 2
# The status page is descriptor 4: the rule, then the region. However often the rule is left out, the
# next worker blames it again.
describe
take 8
{ u32 @RULE@ && u32 0; } | dd of=/proc/self/fd/4 conv=notrunc status=none
exit 3
