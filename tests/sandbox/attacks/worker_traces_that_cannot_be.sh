# expect: worker 0 *
# for COMMAND: explain
# Calls that make no sense are left out: the figures they are about are those that are stored.
evaluate
for trace in '{}' \
    '{"rule":99,"region":0}' \
    '{"rule":-1,"region":0,"item":0,"assessment":0}' \
    '{"rule":2,"region":0,"item":99,"assessment":0}' \
    '{"rule":2,"region":0,"item":0,"assessment":99}' \
    '{"rule":2,"region":0,"item":0,"assessment":0,"unit":-1,"indicator":-1,"plan":-1,"arguments":7,"result":{"a":[]}}' \
    '{"rule":2,"region":0,"item":0,"assessment":0,"unit":-1,"indicator":-1,"plan":-1,"arguments":["\u001b[2J",null,[],{}],"result":"\u001b[2J"}' \
    '{"rule":2,"region":0,"item":0,"assessment":0,"unit":-1,"indicator":-1,"plan":-1,"arguments":[1],"error":"\u001b[2J"}' \
    '{"rule":0,"region":0,"item":-1,"assessment":-1,"unit":-1,"indicator":7,"plan":-1,"year":-99999999999}'; do
    frame 104 "$trace"
done
finish
exec sleep 60
