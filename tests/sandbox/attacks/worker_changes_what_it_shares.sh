# expect: worker 0 *
# for COMMAND: evaluate
# for WHAT: shorter longer written
# Nobody but the host may write the data, and nobody may cut off the memory that the host looks at.
for shared in 4 5 6; do
    case @WHAT@ in
        shorter) truncate -s 0 /proc/self/fd/$shared ;;
        longer) truncate -s 100000000 /proc/self/fd/$shared ;;
        written) [ $shared = 5 ] && head -c 100000 /dev/zero | dd of=/proc/self/fd/5 conv=notrunc ;;
    esac
done 2>/dev/null
exec ./honest worker
