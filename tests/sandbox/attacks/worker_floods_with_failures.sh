# expect: worker 4 the worker does not stop answering
# for COMMAND: evaluate
describe
take 8
{ u32 103 && u32 17 && u32 0 && u32 0 && u32 1 && u32 1 && printf x; } >one$$
for round in 1 2 3 4 5 6 7 8 9 10; do
    cat one$$ one$$ >two$$
    mv two$$ one$$
done
while cat one$$ >&3; do :; done
