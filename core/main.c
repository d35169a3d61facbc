// Where the program begins: a worker when the host started it as one, else the command line.
#include <signal.h>
#include <string.h>

#include "core/cli/command.h"
#include "core/worker/worker.h"

int main(int count, char **arguments) {
    signal(SIGPIPE, SIG_IGN); // a worker or a reader that is gone is an error to handle, not an end
    if (count == 2 && strcmp(arguments[1], "worker") == 0) return worker_main();
    return cli_main(count, arguments);
}
