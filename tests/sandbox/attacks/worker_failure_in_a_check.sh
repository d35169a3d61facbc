# expect: worker 4 a message of unknown type @TYPE@ came
# for COMMAND: check test
# for TYPE: 103 104
frame @TYPE@ '{"rule":1}'
exec sleep 60
