// The worker process: `biaochi worker`, started by the host only (core/run/worker_process.h).
//
// Reads frames from its socket, runs one pack and answers until the host lets it go. Nothing it
// does can reach beyond the socket.
#pragma once

// Never returns to the CLI's world: the value is the process's exit code.
int worker_main(void);
