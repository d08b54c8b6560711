#include "text/word_table.h"

#include <string.h>

enum { FIRST_CAPACITY = 1024 };

WordTable word_table_create(Arena *arena)
{
    return (WordTable){.bytes = buffer_create(arena), .arena = arena};
}

static uint64_t hash_word(const char *word, size_t size)
{
    const uint64_t odd = 0x9E3779B97F4A7C15u;
    uint64_t hash = size * odd, chunk;
    for (; size >= 8; word += 8, size -= 8) {
        memcpy(&chunk, word, 8);
        hash = (hash ^ chunk) * odd;
        hash ^= hash >> 32;
    }
    chunk = 0;
    for (size_t i = 0; i < size; i++) chunk = chunk << 8 | (unsigned char)word[i];
    hash = (hash ^ chunk) * odd;
    return hash ^ hash >> 32;
}

/* The slot that holds the word, or the free one where it belongs. */
static uint32_t *find_slot(const WordTable *table, const char *word, size_t size, uint64_t hash)
{
    size_t mask = table->n_slots - 1;
    for (size_t at = hash & mask;; at = (at + 1) & mask) {
        uint32_t *slot = &table->slots[at];
        if (*slot == 0) return slot;
        const WordEntry *entry = &table->entries[*slot - 1];
        if (entry->hash == hash && entry->size == size &&
            memcmp(word_table_bytes(table, entry), word, size) == 0)
            return slot;
    }
}

/* Twice the entries, and four slots for each, so that at most a quarter is used. */
static bool grow(WordTable *table, Error *err)
{
    size_t capacity = table->capacity ? table->capacity * 2 : FIRST_CAPACITY;
    if (capacity > UINT32_MAX / 4) return error_set(err, "more than %zu different words", table->n);
    WordEntry *entries = arena_alloc(table->arena, capacity, sizeof *entries, err);
    if (!entries) return false;
    uint32_t *slots = arena_alloc(table->arena, capacity * 4, sizeof *slots, err);
    if (!slots) return false;
    if (table->n > 0) memcpy(entries, table->entries, table->n * sizeof *entries);
    table->entries = entries;
    table->capacity = capacity;
    table->slots = slots;
    table->n_slots = capacity * 4;
    for (size_t i = 0; i < table->n; i++) {
        size_t at = entries[i].hash & (table->n_slots - 1);
        while (slots[at]) at = (at + 1) & (table->n_slots - 1);
        slots[at] = (uint32_t)i + 1;
    }
    return true;
}

WordEntry *word_table_add(WordTable *table, const char *word, size_t size, Error *err)
{
    if (table->n == table->capacity && !grow(table, err)) return NULL;
    uint64_t hash = hash_word(word, size);
    uint32_t *slot = find_slot(table, word, size, hash);
    if (*slot) return &table->entries[*slot - 1];
    size_t offset = table->bytes.size;
    if (!buffer_add(&table->bytes, word, size, err)) return NULL;
    *slot = (uint32_t)table->n + 1;
    WordEntry *entry = &table->entries[table->n++];
    *entry = (WordEntry){.hash = hash, .offset = offset, .size = size};
    return entry;
}

WordEntry *word_table_find(const WordTable *table, const char *word, size_t size)
{
    if (table->n == 0) return NULL;
    uint32_t slot = *find_slot(table, word, size, hash_word(word, size));
    return slot ? &table->entries[slot - 1] : NULL;
}
