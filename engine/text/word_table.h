/* A table from words (any bytes) to numbers, growing in an arena: counts when training, cached ids when
 * encoding, the vocabulary's index. Entries keep the order in which they were added. */
#ifndef TEXT_WORD_TABLE_H
#define TEXT_WORD_TABLE_H

#include <stdint.h>
#include "base/buffer.h"

typedef struct WordEntry {
    uint64_t value;
    uint64_t hash;
    size_t offset; /* of the word's bytes in the table */
    size_t size;
} WordEntry;

typedef struct WordTable {
    WordEntry *entries;
    size_t n, capacity;
    uint32_t *slots; /* 0: free; otherwise entry + 1; open addressing */
    size_t n_slots;  /* a power of two */
    Buffer bytes;
    Arena *arena; /* borrowed */
} WordTable;

WordTable word_table_create(Arena *arena);

/* The entry of a word, made with value 0 if it is new; valid until the next one is made. */
WordEntry *word_table_add(WordTable *table, const char *word, size_t size, Error *err) MUST_USE;

WordEntry *word_table_find(const WordTable *table, const char *word, size_t size); /* NULL: none */

static inline const char *word_table_bytes(const WordTable *table, const WordEntry *entry)
{
    return table->bytes.data + entry->offset;
}

#endif
