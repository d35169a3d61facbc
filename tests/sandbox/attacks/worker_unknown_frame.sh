# expect: worker 4 a message of unknown type @TYPE@ came
# for COMMAND: check evaluate
# for TYPE: 0 1 5 8 9 99 107 4294967295
frame @TYPE@ "hello"
exec sleep 60
