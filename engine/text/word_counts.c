#include "text/word_counts.h"

#include <stdlib.h>
#include <string.h>
#include "text/workers.h"

static bool count_piece(void *context, Worker *worker, size_t index)
{
    const Piece *pieces = context;
    const char *word;
    size_t size, at = 0;
    while (normalizer_next_word(&worker->normalizer, &at, &word, &size)) {
        WordEntry *entry = word_table_add(&worker->table, word, size, &worker->err);
        if (!entry) return false;
        entry->value++;
    }
    if (pieces[index].is_first) return true;
    WordEntry *newline = word_table_add(&worker->table, "\n", 1, &worker->err);
    if (newline) newline->value++;
    return newline != NULL;
}

static int by_bytes(const void *a, const void *b)
{
    const WordCount *left = a, *right = b;
    size_t n = left->size < right->size ? left->size : right->size;
    int order = memcmp(left->word, right->word, n);
    return order ? order : (left->size > right->size) - (left->size < right->size);
}

/* One table of all workers' words, in order of the workers. */
static bool merge_tables(WordTable *all, const Workers *workers, Error *err)
{
    for (int i = 0; i < workers->n; i++) {
        const WordTable *table = &workers->items[i].table;
        for (size_t k = 0; k < table->n; k++) {
            const WordEntry *entry = &table->entries[k];
            WordEntry *sum = word_table_add(all, word_table_bytes(table, entry), entry->size, err);
            if (!sum) return false;
            sum->value += entry->value;
        }
    }
    return true;
}

static bool collect(WordTable *all, const Documents *documents, Arena *scratch, Error *err)
{
    Workers workers;
    Piece *pieces;
    size_t n_pieces;
    return pieces_cut(&pieces, &n_pieces, documents, &normalizer_own, scratch, err) &&
           workers_create(&workers, &normalizer_own, scratch, err) &&
           workers_run(&workers, pieces, n_pieces, count_piece, pieces, "counting words", err) &&
           merge_tables(all, &workers, err);
}

bool word_counts_collect(WordCounts *counts, const Documents *documents, Arena *arena, Error *err)
{
    Arena *scratch = arena_create("word counts", err);
    if (!scratch) return false;
    WordTable all = word_table_create(arena);
    bool collected = collect(&all, documents, scratch, err);
    arena_destroy(scratch);
    if (!collected) return false;

    counts->n = all.n;
    counts->items = arena_alloc(arena, all.n, sizeof *counts->items, err);
    if (!counts->items) return false;
    for (size_t i = 0; i < all.n; i++)
        counts->items[i] = (WordCount){word_table_bytes(&all, &all.entries[i]), all.entries[i].size,
                                       all.entries[i].value};
    qsort(counts->items, counts->n, sizeof *counts->items, by_bytes);
    return true;
}
