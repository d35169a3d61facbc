# expect: worker 4 killed at its deadline of 500 ms
# for COMMAND: check
printf '\145\000\000\000\377\000\000\000{"pack"' >&3
exec sleep 60
