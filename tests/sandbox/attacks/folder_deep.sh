# expect: folder 0 no problems
cp good/pack.lua attack/pack.lua
folder=attack
for i in 1 2 3 4 5 6 7 8 9; do
  folder=$folder/inner
  mkdir $folder
  echo 'return 1' >$folder/file.lua
done
