# Put in front of every worker that attacks. What frames are is said in core/run/frame.h, what they
# mean in core/eval/protocol.h. Beside it lie description.json, which the good pack's worker gives,
# `record`, which it writes for the pack's one region, and `honest`, the program itself.

# u32 NUMBER: four bytes, the lowest first.
u32() {
    printf "$(printf '\\%03o\\%03o\\%03o\\%03o' \
        $(($1 & 255)) $(($1 >> 8 & 255)) $(($1 >> 16 & 255)) $(($1 >> 24 & 255)))"
}

# frame TYPE TEXT: to the host, which is descriptor 3.
frame() {
    { u32 "$1" && u32 "${#2}" && printf '%s' "$2"; } >&3
}

# frame_of TYPE FILE: the bytes of a frame.
frame_of() {
    u32 "$1" && u32 "$(wc -c <"$2")" && cat "$2"
}

describe() {
    frame 101 "$(cat description.json)"
}

# finish: what was asked for is done, with no rule called.
finish() {
    { u32 105 && u32 20 && u32 0 && u32 0 && u32 0 && u32 0 && u32 0; } >&3
}

# take TYPE: listens until the host has sent a frame of that type (8 to derive, 9 to evaluate, [89]
# for either). Of two workers either may be asked; one that waits to evaluate says that it has derived.
take() {
    while
        # shellcheck disable=SC2046 # two numbers: the type and the length
        set -- "$1" $(head -c 8 <&3 | od -An -tu4)
        [ $# -eq 3 ] || exit 0 # the host is gone
        head -c "$3" <&3 >/dev/null
        case $2 in $1) false ;; esac
    do
        [ "$2" != 8 ] || finish
    done
}

# put PLACE: standard input into the memory for results, at that place of the region's record.
put() {
    memory=$(stat -L -c %s /proc/self/fd/6)
    dd of=/proc/self/fd/6 conv=notrunc bs=1 status=none \
        seek=$((memory - 64 - $(wc -c <record) + $1))
}

# evaluate: the region's record as it should be; whoever calls it spoils it, and finishes.
evaluate() {
    describe
    take 9
    put 0 <record
}
