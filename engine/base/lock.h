/* A lock on a place that several processes write, with its owner: whoever has to wait is told for whom.
 *
 * The file at the lock's path says who holds it; it is there only meanwhile. The lock ends with the process, however
 * that ends, and with it what a killed one left is taken over. */
#ifndef BASE_LOCK_H
#define BASE_LOCK_H

#include "base/arena.h"

typedef struct Lock {
    const char *path; /* borrowed */
    Arena *arena;     /* closes it */
} Lock;

/* Waits until it is ours, and says in a log line whose it was. A signal that asks the process to end ends the waiting
 * (error_interrupted). */
bool lock_take(Lock *lock, const char *path, Error *err) MUST_USE;
void lock_give_back(Lock *lock);

/* Removes what a killed owner left where nobody takes the lock any more. Held, or nothing there: fine. */
bool lock_sweep(const char *path, Error *err) MUST_USE;

#endif
