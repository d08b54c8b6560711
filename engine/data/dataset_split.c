#include "data/dataset_split.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/archive.h"
#include "base/file.h"
#include "data/rows.h"

enum { PAGE_ROWS = 4096 };

/* Examples as they come, in pages, because their number is known only at the end. */
typedef struct Page {
    struct Page *next;
    size_t n;
    Example items[PAGE_ROWS];
} Page;

typedef struct Reading {
    const DatasetFiles *files;
    const DatasetTable *table;
    Arena *arena;   /* of the result */
    Arena *scratch; /* of the pages */
    Page *first, *last;
    size_t n;
} Reading;

/* --- one row ------------------------------------------------------------------------------------ */

/* "a+b+c": the columns' fields, joined by spaces. */
static const char *join_columns(const Reading *reading, const char *names, const char **fields,
                                const Rows *rows, Error *err)
{
    Buffer text = buffer_create(reading->arena);
    for (const char *at = names; at; at = strchr(at, '+') ? strchr(at, '+') + 1 : NULL) {
        size_t size = strcspn(at, "+");
        const char *field = fields[dataset_manifest_column(reading->table, at, size)];
        if (strspn(field, " \t\r\n") == strlen(field)) {
            error_usage(err, "%s:%d: column '%.*s' is empty", rows->origin, rows->line, (int)size,
                        at);
            return NULL;
        }
        if (!strchr(names, '+')) return field;
        if ((text.size && !buffer_add_char(&text, ' ', err)) || !buffer_add_text(&text, field, err))
            return NULL;
    }
    return text.data;
}

static bool read_label(int *label, const Reading *reading, const char *word, const Rows *rows,
                       Error *err)
{
    const TextList *known = &reading->table->label_words;
    for (size_t i = 0; i < known->n; i++)
        if (strcmp(known->text[i], word) == 0) {
            *label = (int)i;
            return true;
        }
    error_usage(err, "%s:%d: unknown label '%s'", rows->origin, rows->line, word);
    return error_hint(err, "%s", spec_suggest(word, known->text, known->n, reading->scratch));
}

static bool read_example(Example *example, const Reading *reading, const char **fields,
                         const Rows *rows, Error *err)
{
    const DatasetTable *table = reading->table;
    const char *label = fields[dataset_manifest_column(table, table->label, strlen(table->label))];
    if (!read_label(&example->label, reading, label, rows, err)) return false;
    for (size_t i = 0; i < table->text.n; i++) {
        example->text[i] = join_columns(reading, table->text.text[i], fields, rows, err);
        if (!example->text[i]) return false;
    }
    example->n_texts = (int)table->text.n;
    example->id = table->id ? fields[dataset_manifest_column(table, table->id, strlen(table->id))]
                            : arena_format(reading->arena, err, "%s:%d", rows->origin, rows->line);
    return example->id != NULL;
}

static Example *next_example(Reading *reading, Error *err)
{
    if (!reading->last || reading->last->n == PAGE_ROWS) {
        Page *page = arena_alloc(reading->scratch, 1, sizeof *page, err);
        if (!page) return NULL;
        if (reading->last) reading->last->next = page;
        else reading->first = page;
        reading->last = page;
    }
    reading->n++;
    return &reading->last->items[reading->last->n++];
}

/* --- one source --------------------------------------------------------------------------------- */

static bool read_source(Reading *reading, const DatasetSource *source, Error *err)
{
    const DatasetFile *file = dataset_manifest_file(reading->files->manifest, source->file);
    const DatasetTable *table = reading->table;
    const char *whole = source->member ? source->member : source->file,
               *slash = strrchr(whole, '/');
    char *path, *bytes;
    size_t size, before = reading->n;
    if (!dataset_files_get(&path, reading->files, file, reading->scratch, err)) return false;
    bool read = source->member ? archive_read_member(&bytes, &size, path, source->member,
                                                     reading->scratch, err)
                               : file_read(&bytes, &size, path, reading->scratch, err);
    const char **fields = arena_alloc(reading->scratch, table->columns.n, sizeof *fields, err);
    Rows rows;
    if (!read || !fields ||
        !rows_begin(&rows, (RowsFormat)table->format, table->columns, table->header,
                    slash ? slash + 1 : whole, bytes, size, reading->arena, err))
        return false;
    for (;;) {
        bool more;
        if (!rows_next(&more, fields, &rows, err)) return false;
        if (!more) break;
        Example *example = next_example(reading, err);
        if (!example || !read_example(example, reading, fields, &rows, err)) return false;
    }
    size_t n = reading->n - before;
    if (n == (size_t)source->rows) return true;
    return error_usage(err, "%s: %zu rows, expected %lld", path, n, (long long)source->rows);
}

/* --- carving ------------------------------------------------------------------------------------ */

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

/* Of the texts only, without case and spacing: the same sentence has the same hash whatever its label. */
static bool hash_example(uint64_t *hash, const Example *example, Buffer *plain, Error *err)
{
    buffer_clear(plain);
    for (int i = 0; i < example->n_texts; i++) {
        bool space = true;
        for (const char *c = example->text[i]; *c; c++) {
            if (isspace((unsigned char)*c)) {
                space = true;
                continue;
            }
            if (space && !buffer_add_char(plain, ' ', err)) return false;
            space = false;
            if (!buffer_add_char(plain, (char)tolower((unsigned char)*c), err)) return false;
        }
        if (!buffer_add_char(plain, '\n', err)) return false;
    }
    *hash = hash_u64(plain->data, plain->size);
    return true;
}

/* carved[row]: the `wanted` rows with the smallest hashes, and those with the same text as one of them. */
static bool carve(bool *carved, const Example *items, size_t n, size_t wanted, Arena *scratch,
                  Error *err)
{
    Draw *draws = arena_alloc(scratch, n, sizeof *draws, err);
    Buffer plain = buffer_create(scratch);
    if (!draws) return false;
    for (size_t i = 0; i < n; i++) {
        draws[i].row = i;
        if (!hash_example(&draws[i].hash, &items[i], &plain, err)) return false;
    }
    qsort(draws, n, sizeof *draws, by_hash);
    for (size_t i = 0; i < n && (i < wanted || draws[i].hash == draws[i - 1].hash); i++)
        carved[draws[i].row] = true;
    return true;
}

/* Keeps the carved rows, or the others, in their order. */
static bool keep_side(Example *items, size_t *n, size_t wanted, bool keep_carved, Arena *scratch,
                      Error *err)
{
    size_t kept = 0;
    bool *carved = arena_alloc(scratch, *n, sizeof *carved, err);
    if (!carved || !carve(carved, items, *n, wanted, scratch, err)) return false;
    for (size_t i = 0; i < *n; i++)
        if (carved[i] == keep_carved) items[kept++] = items[i];
    *n = kept;
    return true;
}

/* --- a split ------------------------------------------------------------------------------------ */

static bool collect(Examples *examples, const Reading *reading, Error *err)
{
    examples->n = 0;
    examples->items = arena_alloc(reading->arena, reading->n, sizeof *examples->items, err);
    if (!examples->items) return false;
    for (const Page *page = reading->first; page; page = page->next) {
        memcpy(examples->items + examples->n, page->items, page->n * sizeof *page->items);
        examples->n += page->n;
    }
    return true;
}

static bool read_split(Examples *examples, Reading *reading, DatasetSplit split, Error *err)
{
    const DatasetManifest *manifest = reading->files->manifest;
    const DatasetSplitSpec *spec = dataset_manifest_split(manifest, split);
    const char *word = dataset_split_words[split];
    if (!spec->present) {
        error_usage(err, "%s: no split '%s'", reading->files->manifest_path, word);
        return error_hint(err, "give it in splits, or use another data set");
    }
    const DatasetSplitSpec *from = spec->carved_rows ? &manifest->splits.train : spec;
    const DatasetSource *sources = from->sources.items;
    for (size_t i = 0; i < from->sources.n; i++)
        if (!read_source(reading, &sources[i], err)) return false;
    if (!collect(examples, reading, err)) return false;
    size_t carved = manifest->splits.validation.carved_rows;
    if (carved && from == &manifest->splits.train &&
        !keep_side(examples->items, &examples->n, carved, split == SPLIT_VALIDATION,
                   reading->scratch, err))
        return false;
    if (examples->n == (size_t)spec->rows) return true;
    error_usage(err, "%s: split '%s' has %zu rows, expected %lld", reading->files->manifest_path,
                word, examples->n, (long long)spec->rows);
    return error_hint(err, "correct splits.%s.rows if the files changed on purpose", word);
}

bool dataset_split_read(Examples *examples, const DatasetFiles *files, DatasetSplit split,
                        Arena *arena, Error *err)
{
    Arena *scratch = arena_create("rows", err);
    if (!scratch) return false;
    Reading reading = {
        .files = files, .table = &files->manifest->table, .arena = arena, .scratch = scratch};
    bool read = read_split(examples, &reading, split, err);
    if (!read)
        error_wrap(err, "reading split '%s' of data set '%s'", dataset_split_words[split],
                   files->name);
    arena_destroy(scratch);
    return read;
}
