# expect: worker 4 a trace is malformed or was not asked for
# for COMMAND: explain
# for TEXT: x; []; 7; {"rule":0,"rule":1}; {"rule":1e999}; "\377"
describe
take 8
frame 104 '@TEXT@'
exec sleep 60
