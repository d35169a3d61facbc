# expect: worker 4 the description is no JSON object
# for COMMAND: check
# Each "[]," of three bytes would take a hundred in the host.
awk 'BEGIN { for (i = 0; i < 3000000; i++) printf "[]," }' >wide
printf '\145\000\000\000' >&3
u32 $((9000000 + 7)) >&3
printf '{"a":[' >&3
cat wide >&3
printf '1' >&3
exec sleep 60
