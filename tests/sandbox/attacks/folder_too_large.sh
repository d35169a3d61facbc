# expect: folder 1 is too large: a file may have 1 MiB, a pack 8 MiB
cp good/pack.lua attack/pack.lua
for i in 1 2 3 4 5 6 7 8 9; do
  head -c 1000000 /dev/zero | tr '\0' ' ' >attack/f$i.lua
done
