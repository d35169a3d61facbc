# expect: worker 4 the pack described itself differently from when it was checked
# for COMMAND: evaluate
# for TEXT: {"pack":{"id":"good"}}; {; []; {}; nonsense; {"a":1,"a":2}; null; "\377"; {"a":1e999}; ""
frame 101 '@TEXT@'
exec sleep 60
