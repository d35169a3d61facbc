# expect: worker 4 the end came before what was asked for
# for COMMAND: evaluate
# Both at once, so that nothing can have been asked in between.
{
    frame_of 101 description.json
    u32 105 && u32 20 && u32 0 && u32 0 && u32 0 && u32 0 && u32 0
} >"both$$"
cat "both$$" >&3
exec sleep 60
