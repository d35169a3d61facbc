# expect: worker 0 *
# for COMMAND: evaluate
# The evaluation is answered as it should be, and then once more: nobody listens any longer.
evaluate
{
    u32 105 && u32 20 && u32 0 && u32 0 && u32 0 && u32 0 && u32 0
    u32 105 && u32 20 && u32 0 && u32 0 && u32 0 && u32 0 && u32 0
} >"both$$"
cat "both$$" >&3
exec sleep 60
