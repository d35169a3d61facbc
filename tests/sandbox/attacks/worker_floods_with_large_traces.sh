# expect: worker 4 the worker does not stop answering
# for COMMAND: explain
describe
take 8
{ printf '{"x":"' && head -c 10000000 /dev/zero | tr '\000' x && printf '"}'; } >text$$
frame_of 104 text$$ >one$$
while cat one$$ >&3; do :; done
