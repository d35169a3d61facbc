# expect: worker 4 a message of 4294967295 bytes is over the limit
# for COMMAND: check evaluate
printf '\145\000\000\000\377\377\377\377' >&3
exec sleep 60
