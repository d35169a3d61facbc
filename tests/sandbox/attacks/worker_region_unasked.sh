# expect: worker 4 results came for a region that was not asked for
# for COMMAND: evaluate
# for INDEX: \001\000\000\000 \377\377\377\377 \000\000\000\200 \000
frame 101 "$(cat description.json)"
printf '\147\000\000\000' >&3
u32 $(printf '@INDEX@' | wc -c) >&3
printf '@INDEX@' >&3
exec sleep 60
