# expect: folder 1 passwd.lua: is not a plain file that can be read
ln -s /etc/passwd attack/passwd.lua
echo 'include "passwd"' >attack/pack.lua
