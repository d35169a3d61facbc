// The thread that writes: jobs wait in a queue and run one after the other, each in a transaction
// of its own.
//
// Any thread may hand in jobs. The writer knows only threads and order; what a transaction is, and
// what there is to tidy between them, the functions given at the start say.
#pragma once

#include "db/store.h"

typedef struct Writer Writer;

// Runs `write` in a transaction on behalf of the actor (NULL: nobody said), and commits it; called
// on the writer thread.
typedef bool (*WriterExecute)(void *subject, const StoreActor *actor, StoreWriteFunction write,
                              void *context, Error *error);
// Called on the writer thread after a job whose end was told, and once more, quiet, when no other
// came for a while.
typedef void (*WriterTidy)(void *subject, bool quiet);

// Starts the thread. `subject` is handed to both functions and must outlive the writer.
MUST_CHECK bool writer_start(WriterExecute execute, WriterTidy tidy, void *subject, Writer **out,
                             Error *error);
// Finishes what is queued, then ends the thread. Not on the writer thread. NULL is allowed.
void writer_stop(Writer *writer);

// Waits for the commit. ERROR_USAGE on the writer thread, which would wait for itself.
MUST_CHECK bool writer_run(Writer *writer, StoreWriteFunction write, void *context, Error *error);
// `done` (may be NULL) is called on the writer thread.
void writer_queue(Writer *writer, StoreWriteFunction write, void *context, StoreDoneFunction done,
                  void *done_context);
