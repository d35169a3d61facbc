# expect: worker 4 killed at its deadline of 500 ms
# for COMMAND: check
exec sleep 60 3>&-
