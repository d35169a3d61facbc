// Where the program begins: a worker when the host started it as one, else the command line.
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/language.h"
#include "core/cli/command.h"
#include "core/worker/worker.h"

enum { HOST_SOCKET = 3 }; // WORKER_SOCKET of core/eval/protocol.h

static bool was_started_by_host(void) {
    struct stat about;
    return fstat(HOST_SOCKET, &about) == 0 && S_ISSOCK(about.st_mode);
}

static int refuse_worker(void) {
    language_set_from_environment();
    fputs(T("biaochi worker is started by the program itself only; see biaochi --help\n",
            "biaochi worker 仅由本程序自行启动；参见 biaochi --help\n"),
          stderr);
    return EXIT_USAGE;
}

// Where one of the three was closed, the next file opened would stand in its place: what is printed
// would be written into it.
static void open_what_was_closed(void) {
    for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; descriptor++)
        if (fcntl(descriptor, F_GETFD) < 0 && open("/dev/null", O_RDWR) < 0) _exit(EXIT_SYSTEM);
}

int main(int count, char **arguments) {
    open_what_was_closed();
    signal(SIGPIPE, SIG_IGN); // a worker or a reader that is gone is an error to handle, not an end
    if (count == 2 && strcmp(arguments[1], "worker") == 0)
        return was_started_by_host() ? worker_main() : refuse_worker();
    return cli_main(count, arguments);
}
