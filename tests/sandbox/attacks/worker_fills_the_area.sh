# expect: worker 4 the results of region 150802 are malformed
# for COMMAND: evaluate
# for BYTE: \001 \010 \077 \100 \177 \200 \310 \377
describe
take 9
memory=$(stat -L -c %s /proc/self/fd/6)
head -c "$memory" /dev/zero | tr '\000' '@BYTE@' | dd of=/proc/self/fd/6 conv=notrunc status=none
finish
exec sleep 60
