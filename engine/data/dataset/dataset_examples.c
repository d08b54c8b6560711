#include "data/dataset/dataset_examples.h"

#include <string.h>

#include "base/interrupt.h"
#include "data/dataset/dataset_source.h"

enum { PAGE_ROWS = 4096 };

/* Rows as they come, in pages, because their number is known only at the end. */
typedef struct Page {
    struct Page *next;
    size_t n;
    DatasetRow items[PAGE_ROWS];
} Page;

typedef struct Reading {
    const DatasetFiles *files;
    const DatasetManifest *manifest;
    Arena *arena;   /* of the result */
    Arena *scratch; /* of the pages */
    Page *first, *last;
    size_t n;
} Reading;

static DatasetRow *next_row(Reading *reading, Error *err)
{
    if (!reading->last || reading->last->n == PAGE_ROWS) {
        Page *page =
            interrupt_check(err) ? arena_alloc(reading->scratch, 1, sizeof *page, err) : NULL;
        if (!page) return NULL;
        if (reading->last) reading->last->next = page;
        else reading->first = page;
        reading->last = page;
    }
    reading->n++;
    return &reading->last->items[reading->last->n++];
}

static bool add_row(void *context, const DatasetFields *fields, Error *err)
{
    Reading *reading = context;
    DatasetRow *row = next_row(reading, err);
    return row && dataset_row_read(row, fields, reading->arena, err);
}

/* --- a split ------------------------------------------------------------------------------------ */

static DatasetRow *in_one_list(const Reading *reading, Error *err)
{
    DatasetRow *rows = arena_alloc(reading->scratch, reading->n, sizeof *rows, err);
    size_t n = 0;
    for (const Page *page = reading->first; page && rows; page = page->next) {
        memcpy(rows + n, page->items, page->n * sizeof *page->items);
        n += page->n;
    }
    return rows;
}

/* Which of the rows read belong to the split; all, where nothing is carved. */
static bool find_sides(DatasetSplit *side, const Reading *reading, const DatasetRow *rows,
                       const DatasetSplitSpec *sources, DatasetSplit split, Error *err)
{
    if (sources == &reading->manifest->splits.train)
        return dataset_carve(side, rows, reading->n, reading->manifest, reading->scratch, err);
    for (size_t i = 0; i < reading->n; i++) side[i] = split;
    return true;
}

static bool collect(Examples *examples, const Reading *reading, const DatasetSplitSpec *sources,
                    DatasetSplit split, Error *err)
{
    const DatasetRow *rows = in_one_list(reading, err);
    DatasetSplit *side = arena_alloc(reading->scratch, reading->n, sizeof *side, err);
    *examples =
        (Examples){.items = arena_alloc(reading->arena, reading->n, sizeof *examples->items, err)};
    if (!rows || !side || !examples->items || !find_sides(side, reading, rows, sources, split, err))
        return false;
    for (size_t i = 0; i < reading->n; i++)
        if (side[i] == split) examples->items[examples->n++] = rows[i].example;
    return true;
}

static bool read_split(Examples *examples, Reading *reading, DatasetSplit split, Error *err)
{
    const DatasetManifest *manifest = reading->manifest;
    const DatasetSplitSpec *spec = dataset_manifest_split(manifest, split);
    const char *word = dataset_split_words[split];
    if (!spec->present) {
        error_usage(err, "%s: no split '%s'", reading->files->manifest_path, word);
        return error_hint(err, "give it in splits, or use another data set");
    }
    const DatasetSplitSpec *from = spec->carved_rows ? &manifest->splits.train : spec;
    const DatasetSource *sources = from->sources.items;
    for (size_t i = 0; i < from->sources.n; i++)
        if (!dataset_source_visit(reading->files, &sources[i], split != SPLIT_SUBMISSION, add_row,
                                  reading, err))
            return false;
    if (!collect(examples, reading, from, split, err)) return false;
    if (spec->rows == 0 || examples->n == (size_t)spec->rows) return true;
    error_usage(err, "%s: split '%s' has %zu rows, expected %lld", reading->files->manifest_path,
                word, examples->n, (long long)spec->rows);
    return error_hint(err, "correct splits.%s.rows if the files changed on purpose", word);
}

bool dataset_examples_read(Examples *examples, const DatasetFiles *files, DatasetSplit split,
                           Arena *arena, Error *err)
{
    Arena *scratch = arena_create("rows", err);
    if (!scratch) return false;
    Reading reading = {
        .files = files, .manifest = files->manifest, .arena = arena, .scratch = scratch};
    bool read = read_split(examples, &reading, split, err);
    if (!read)
        error_wrap(err, "reading split '%s' of data set '%s'", dataset_split_words[split],
                   files->name);
    arena_destroy(scratch);
    return read;
}
