#include "task/row_tokens.h"

#include <stdlib.h>
#include <string.h>

static int by_size(const void *a, const void *b)
{
    const size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (x > y) - (x < y);
}

/* The smallest that `percent` of 100 rows do not exceed; `sorted` [n]. */
static size_t quantile(const size_t *sorted, size_t n, size_t percent)
{
    const size_t rank = (n * percent + 99) / 100;
    return sorted[rank > 0 ? rank - 1 : 0];
}

/* `tokens` [n] of each row are sorted. */
static void sum_up(RowTokens *counts, size_t *tokens, size_t n)
{
    qsort(tokens, n, sizeof *tokens, by_size);
    counts->rows = n;
    counts->median = quantile(tokens, n, 50);
    counts->most_of_95 = quantile(tokens, n, 95);
    counts->longest = tokens[n - 1];
}

/* row[d]: the row that document d is of. */
static bool count(RowTokens *counts, const Tokenizer *tokenizer, const Documents *documents,
                  const size_t *row, size_t n_rows, Arena *scratch, Error *err)
{
    TokenList tokens;
    size_t *offset, *of_row = arena_alloc(scratch, n_rows, sizeof *of_row, err);
    *counts = (RowTokens){0};
    if (!of_row ||
        !tokenizer_encode_documents(&tokens, &offset, tokenizer, documents, scratch, err))
        return false;
    for (size_t d = 0; d < documents->n; d++) {
        of_row[row ? row[d] : d] += offset[d + 1] - offset[d];
        counts->bytes += documents->items[d].size;
    }
    counts->tokens = tokens.n;
    for (size_t i = 0; i < tokens.n; i++)
        counts->unknown += tokens.ids[i] == tokenizer_specials(tokenizer)->unknown;
    sum_up(counts, of_row, n_rows);
    return true;
}

bool row_tokens_documents(RowTokens *counts, const Tokenizer *tokenizer, const Documents *documents,
                          Arena *scratch, Error *err)
{
    return count(counts, tokenizer, documents, NULL, documents->n, scratch, err);
}

bool row_tokens_examples(RowTokens *counts, const Tokenizer *tokenizer, const Examples *examples,
                         Arena *scratch, Error *err)
{
    size_t n = 0, d = 0;
    for (size_t e = 0; e < examples->n; e++) n += (size_t)examples->items[e].n_texts;
    Document *items = arena_alloc(scratch, n, sizeof *items, err);
    size_t *row = arena_alloc(scratch, n, sizeof *row, err);
    if (!items || !row) return false;
    for (size_t e = 0; e < examples->n; e++)
        for (int t = 0; t < examples->items[e].n_texts; t++, d++) {
            const char *text = examples->items[e].text[t];
            items[d] = (Document){examples->items[e].id, text, strlen(text)};
            row[d] = e;
        }
    const Documents documents = {n, items};
    return count(counts, tokenizer, &documents, row, examples->n, scratch, err);
}
