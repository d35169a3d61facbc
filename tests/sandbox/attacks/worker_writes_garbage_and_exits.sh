# expect: worker 4 the worker broke the protocol and was killed
# for COMMAND: check evaluate
echo 'this is no frame, it is a sentence' >&3
