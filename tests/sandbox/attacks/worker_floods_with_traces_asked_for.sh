# expect: worker 4 the worker does not stop answering
# for COMMAND: explain
describe
take 8
{ u32 104 && u32 2 && printf '{}'; } >one$$
for round in 1 2 3 4 5 6 7 8 9 10 11 12 13 14; do
    cat one$$ one$$ >two$$
    mv two$$ one$$
done
while cat one$$ >&3; do :; done
