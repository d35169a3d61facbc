# expect: worker 4 the results of region 150802 are malformed
# for COMMAND: evaluate
# A record of the good pack is, in eights of bytes: value, progress, forecast and year of reaching of
# "steady" and of "derived", a score; then two statuses, two levels, a state, a veto, and zeros.
# for WHAT, PLACE, BYTES: infinite 0 \0\0\0\0\0\0\360\177; minus_infinite 8 \0\0\0\0\0\0\360\377; huge 0 \234\165\0\210\74\344\67\176; beyond_1e15 32 \0\0\6\252\215\103\17\103; minus_zero 16 \0\0\0\0\0\0\0\200; nan_with_payload 0 \1\0\0\0\0\0\370\177; negative_nan 24 \0\0\0\0\0\0\370\377; signalling_nan 40 \1\0\0\0\0\0\360\177; status 72 \310; status_of_derived 73 \5; level 74 \11; level_of_derived 75 \5; item_state 76 \4; item_without_points 76 \1; score_beyond 64 \0\0\0\0\0\40\131\100; score_below 64 \0\0\0\0\0\0\360\277; score_missing 64 \0\0\0\0\0\0\370\177; score_of_minus_zero 64 \0\0\0\0\0\0\0\200; veto 77 \2; veto_beyond 77 \377; not_assessed 77 \0; between 78 \1; at_the_end 79 \377
evaluate
printf '@BYTES@' | put @PLACE@
finish
exec sleep 60
