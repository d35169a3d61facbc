# expect: worker 4 the description is no JSON object
# for COMMAND: check
# for TEXT: {; []; nonsense; {"a":1,"a":2}; null; "\377"; {"a":1e999}; ""
frame 101 '@TEXT@'
exec sleep 60
