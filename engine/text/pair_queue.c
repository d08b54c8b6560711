#include "text/pair_queue.h"

#include <string.h>

enum { FIRST_CAPACITY = 1024 };

PairQueue pair_queue_create(Arena *arena)
{
    return (PairQueue){.arena = arena};
}

static bool goes_before(const QueuedPair *a, const QueuedPair *b)
{
    if (a->count != b->count) return a->count > b->count;
    if (a->left != b->left) return a->left < b->left;
    return a->right < b->right;
}

bool pair_queue_put(PairQueue *queue, QueuedPair pair, Error *err)
{
    if (queue->n == queue->capacity) {
        size_t capacity = queue->capacity ? queue->capacity * 2 : FIRST_CAPACITY;
        QueuedPair *items = arena_alloc(queue->arena, capacity, sizeof *items, err);
        if (!items) return false;
        if (queue->n > 0) memcpy(items, queue->items, queue->n * sizeof *items);
        queue->items = items;
        queue->capacity = capacity;
    }
    size_t at = queue->n++;
    while (at > 0 && goes_before(&pair, &queue->items[(at - 1) / 2])) {
        queue->items[at] = queue->items[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    queue->items[at] = pair;
    return true;
}

bool pair_queue_take(PairQueue *queue, QueuedPair *pair)
{
    if (queue->n == 0) return false;
    *pair = queue->items[0];
    QueuedPair last = queue->items[--queue->n];
    size_t at = 0;
    for (size_t child = 1; child < queue->n; child = 2 * at + 1) {
        if (child + 1 < queue->n && goes_before(&queue->items[child + 1], &queue->items[child]))
            child++;
        if (!goes_before(&queue->items[child], &last)) break;
        queue->items[at] = queue->items[child];
        at = child;
    }
    queue->items[at] = last;
    return true;
}
