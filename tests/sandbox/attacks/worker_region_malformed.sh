# expect: worker 4 the results of a region are malformed
# for COMMAND: evaluate
# for BYTES: \001\000\000\000 \001\000\000\000\003\000\000\000 \002\000\000\000 \001\000\000\000\377\377\377\377 a
frame 101 "$(cat description.json)"
printf '\147\000\000\000' >&3
u32 $((4 + $(printf '@BYTES@' | wc -c))) >&3
printf '\000\000\000\000@BYTES@' >&3
exec sleep 60
