# Put in front of every worker that attacks: u32 and frame write what core/run/frame.h says.

# u32 NUMBER: four bytes, the lowest first.
u32() {
    printf "$(printf '\\%03o\\%03o\\%03o\\%03o' \
        $(($1 & 255)) $(($1 >> 8 & 255)) $(($1 >> 16 & 255)) $(($1 >> 24 & 255)))"
}

# frame TYPE TEXT: to the host, which is descriptor 3.
frame() {
    { u32 "$1" && u32 "${#2}" && printf '%s' "$2"; } >&3
}
