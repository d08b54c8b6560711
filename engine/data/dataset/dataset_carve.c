#include "data/dataset/dataset_carve.h"

#include <ctype.h>
#include <stdlib.h>

typedef struct Draw {
    uint64_t hash;
    size_t row;
} Draw;

static int by_hash(const void *a, const void *b)
{
    const Draw *x = a, *y = b;
    return x->hash != y->hash ? (x->hash > y->hash) - (x->hash < y->hash)
                              : (x->row > y->row) - (x->row < y->row);
}

static bool add_plain(Buffer *plain, const char *text, Error *err)
{
    bool space = true;
    for (const char *c = text; *c; c++) {
        if (isspace((unsigned char)*c)) {
            space = true;
            continue;
        }
        if (space && !buffer_add_char(plain, ' ', err)) return false;
        space = false;
        if (!buffer_add_char(plain, (char)tolower((unsigned char)*c), err)) return false;
    }
    return buffer_add_char(plain, '\n', err);
}

/* Never of the label: the same sentence has the same hash whatever it is said to be. */
static bool hash_row(uint64_t *hash, const DatasetRow *row, Buffer *plain, Error *err)
{
    buffer_clear(plain);
    if (row->group && !add_plain(plain, row->group, err)) return false;
    for (int i = 0; i < row->example.n_texts && !row->group; i++)
        if (!add_plain(plain, row->example.text[i], err)) return false;
    *hash = hash_u64(plain->data, plain->size);
    return true;
}

bool dataset_carve(DatasetSplit *side, const DatasetRow *rows, size_t n,
                   const DatasetManifest *manifest, Arena *scratch, Error *err)
{
    static const DatasetSplit order[] = {SPLIT_TEST, SPLIT_VALIDATION};
    Draw *draws = arena_alloc(scratch, n, sizeof *draws, err);
    Buffer plain = buffer_create(scratch);
    if (!draws) return false;
    for (size_t i = 0; i < n; i++) {
        draws[i].row = i;
        side[i] = SPLIT_TRAIN;
        if (!hash_row(&draws[i].hash, &rows[i], &plain, err)) return false;
    }
    qsort(draws, n, sizeof *draws, by_hash);
    size_t next = 0;
    for (int s = 0; s < 2; s++) {
        size_t wanted = (size_t)dataset_manifest_split(manifest, order[s])->carved_rows,
               first = next;
        for (; next < n && (next < first + wanted ||
                            (next > first && draws[next].hash == draws[next - 1].hash));
             next++)
            side[draws[next].row] = order[s];
    }
    return true;
}
