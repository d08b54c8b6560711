/* Pairs of symbols by falling count; ties by rising left id, then right id. Counts may be out of date:
 * the caller compares with the true one and puts a pair back. */
#ifndef TEXT_PAIR_QUEUE_H
#define TEXT_PAIR_QUEUE_H

#include <stdint.h>
#include "base/arena.h"

typedef struct QueuedPair {
    uint64_t count;
    int left, right;
    int64_t index; /* in the pair table */
} QueuedPair;

typedef struct PairQueue {
    QueuedPair *items; /* a binary heap */
    size_t n, capacity;
    Arena *arena; /* borrowed */
} PairQueue;

PairQueue pair_queue_create(Arena *arena);
bool pair_queue_put(PairQueue *queue, QueuedPair pair, Error *err) MUST_USE;
bool pair_queue_take(PairQueue *queue, QueuedPair *pair); /* the first; false: empty */

#endif
