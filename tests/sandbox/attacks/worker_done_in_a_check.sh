# expect: worker 4 a message of unknown type 105 came
# for COMMAND: check test
finish
exec sleep 60
