/* A table from pairs of symbol ids to small numbers, growing in an arena; the number given first to a
 * pair stays its index: 0, 1, 2, ... in order of adding. */
#ifndef TEXT_PAIR_TABLE_H
#define TEXT_PAIR_TABLE_H

#include <stdint.h>
#include "base/arena.h"

enum { PAIR_NONE = -1 };

typedef struct PairTable {
    uint64_t *pairs; /* by index: left id << 32 | right id */
    size_t n, capacity;
    uint32_t *slots; /* 0: free; otherwise index + 1; open addressing */
    size_t n_slots;  /* a power of two */
    Arena *arena;    /* borrowed */
} PairTable;

PairTable pair_table_create(Arena *arena);

/* The index of a pair, which is new if it equals the n before; PAIR_NONE: out of memory. */
int64_t pair_table_add(PairTable *table, int left, int right, Error *err) MUST_USE;

int64_t pair_table_find(const PairTable *table, int left, int right); /* PAIR_NONE: none */

#endif
