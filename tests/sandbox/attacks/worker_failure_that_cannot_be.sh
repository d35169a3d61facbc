# expect: worker 4 a failure is malformed
# for COMMAND: evaluate
# for WHAT, RULE, SUBJECT, OUTCOME, TEXT: rule 3 0 1 x; rule 4294967295 0 1 x; subject 0 2 1 x; subject 0 4294967294 1 x; outcome 0 0 0 x; outcome 0 0 6 x; outcome 0 0 4294967295 x; outcome 0 0 257 x; escape 0 0 1 \033[2J; c1 0 0 1 \302\2332J; not_utf8 0 0 1 \377; surrogate 0 0 1 \355\240\200; nul 0 0 1 a\000b
describe
take 8
printf '@TEXT@' >text$$
{ u32 103 && u32 $((16 + $(wc -c <text$$))) && u32 0 && u32 @RULE@ && u32 @SUBJECT@ && u32 @OUTCOME@ && cat text$$; } >&3
exec sleep 60
