/* Deterministic parallel loops on OpenMP: the one door to threads (STYLE, section 6).
 *
 * The range 0..n is cut into pieces of `chunk` elements, a constant of the caller and never a function
 * of the number of threads; a piece is done by one thread, pieces in any order. Bodies write only
 * what belongs to their piece; sums over pieces are added by the caller, in piece order. So results do
 * not depend on the number of threads. Nested calls run in the calling thread. */
#ifndef BASE_PARALLEL_H
#define BASE_PARALLEL_H

#include <stdatomic.h>

#include "base/error.h"

/* begin..end is one piece; `thread` is in 0..parallel_threads()-1, to choose scratch memory with. */
typedef void ParallelBody(void *context, size_t begin, size_t end, int thread);

void parallel_for(size_t n, size_t chunk, ParallelBody *body, void *context);

/* Around what takes seconds and is worth nothing by halves, such as the gradients of an update: from
 * parallel_may_stop to parallel_whole, loops leave out what they have not begun once the process is asked to stop
 * (base/interrupt.h). What they write is then of no use, and parallel_whole is false with the error of
 * interrupt_check. True: nothing was left out, and the bits are those of ever. Outside of these two no loop stops. */
void parallel_may_stop(void);
bool parallel_whole(Error *err) MUST_USE;
bool parallel_stops(
    void); /* asked within a piece that is long itself: the rest of it may be left out */

bool parallel_started(void); /* some loop has run on several threads */
/* At most *limit of those threads are used, asked anew before each loop, so that another process which
 * shares this memory may change it meanwhile. NULL: all of them. */
void parallel_limit_threads(const atomic_int *limit);
int parallel_threads(void);       /* threads that parallel_for uses */
void parallel_set_threads(int n); /* n >= 1; 0: as many as the machine has (or OMP_NUM_THREADS) */

int parallel_thread(void); /* the calling one's number, as bodies are told it; 0 outside of loops */

enum { PARALLEL_MAX_THREADS = 256 };

#endif
