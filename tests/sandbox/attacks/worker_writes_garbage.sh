# expect: worker 4 *
# for COMMAND: check evaluate
echo 'this is no frame, it is a sentence' >&3
exec sleep 60
