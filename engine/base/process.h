/* Worker processes: copies of this one that run a function and talk to it in whole messages.
 *
 * A worker leaves Ctrl-C to the process that started it, which asks it to stop in its own time
 * (process_stop: interrupt_requested() is then true in the worker). When the starting process ends,
 * however it ends, its workers are asked to stop as well; none outlives it for long.
 *
 * Threads  a copy has none of the threads of parallel.h: workers are started before any were (asserted)
 * Memory   a worker begins with a copy of everything; what it changes, nobody else sees */
#ifndef BASE_PROCESS_H
#define BASE_PROCESS_H

#include "base/arena.h"

enum { PROCESS_MOST = 256, PROCESS_MESSAGE_BYTES = 32768 };

typedef struct Process {
    int pid;    /* 0: it has ended */
    int socket; /* messages go both ways */
} Process;

typedef struct ProcessGroup {
    int n;
    Process item[PROCESS_MOST];
} ProcessGroup;

/* What a worker does; it ends when the function returns. */
typedef void ProcessBody(int socket, void *context);
bool process_start(ProcessGroup *group, ProcessBody *body, void *context, Error *err) MUST_USE;

/* Zeroed memory that workers started later share with this process, until the arena is reset. */
void *process_share_memory(size_t size, Arena *arena, Error *err) MUST_USE;

/* One message, of at most PROCESS_MESSAGE_BYTES; false: the other side is gone. process_receive waits
 * for one, and gives its size. */
bool process_send(int socket, const void *bytes, size_t size) MUST_USE;
bool process_receive(int socket, void *bytes, size_t most, size_t *size) MUST_USE;

/* Waits until some of them sent a message or ended, a signal came, or the time is over. ready[i] says
 * for each whether process_receive will not wait. */
void process_wait(bool *ready, const ProcessGroup *group, int timeout_ms);

void process_stop(const ProcessGroup *group);

/* Waits for the end of one; ended_by is the signal that ended it, 0 if none did. */
void process_end(int *ended_by, Process *process);

#endif
