# expect: worker 0 *
# for COMMAND: evaluate
# for END: exit 3; kill -SEGV $$; kill -9 $$
# Whoever comes after it gives what the pack always gives.
if mkdir died 2>/dev/null; then
    describe
    take '[89]'
    @END@
fi
exec ./honest worker
