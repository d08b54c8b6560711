#include "text/pair_table.h"

#include <string.h>

enum { FIRST_CAPACITY = 1024 };

PairTable pair_table_create(Arena *arena)
{
    return (PairTable){.arena = arena};
}

static uint64_t join(int left, int right)
{
    return (uint64_t)(uint32_t)left << 32 | (uint32_t)right;
}

static size_t first_slot(const PairTable *table, uint64_t pair)
{
    uint64_t hash = pair * 0x9E3779B97F4A7C15u;
    return (hash ^ hash >> 32) & (table->n_slots - 1);
}

static uint32_t *find_slot(const PairTable *table, uint64_t pair)
{
    size_t at = first_slot(table, pair);
    while (table->slots[at] && table->pairs[table->slots[at] - 1] != pair)
        at = (at + 1) & (table->n_slots - 1);
    return &table->slots[at];
}

static bool grow(PairTable *table, Error *err)
{
    size_t capacity = table->capacity ? table->capacity * 2 : FIRST_CAPACITY;
    if (capacity > UINT32_MAX / 4) return error_set(err, "more than %zu symbol pairs", table->n);
    uint64_t *pairs = arena_alloc(table->arena, capacity, sizeof *pairs, err);
    if (!pairs) return false;
    uint32_t *slots = arena_alloc(table->arena, capacity * 4, sizeof *slots, err);
    if (!slots) return false;
    if (table->n > 0) memcpy(pairs, table->pairs, table->n * sizeof *pairs);
    table->pairs = pairs;
    table->capacity = capacity;
    table->slots = slots;
    table->n_slots = capacity * 4;
    for (size_t i = 0; i < table->n; i++) *find_slot(table, pairs[i]) = (uint32_t)i + 1;
    return true;
}

int64_t pair_table_add(PairTable *table, int left, int right, Error *err)
{
    if (table->n == table->capacity && !grow(table, err)) return PAIR_NONE;
    uint64_t pair = join(left, right);
    uint32_t *slot = find_slot(table, pair);
    if (*slot == 0) {
        table->pairs[table->n++] = pair;
        *slot = (uint32_t)table->n;
    }
    return (int64_t)*slot - 1;
}

int64_t pair_table_find(const PairTable *table, int left, int right)
{
    if (table->n == 0) return PAIR_NONE;
    return (int64_t)*find_slot(table, join(left, right)) - 1;
}
