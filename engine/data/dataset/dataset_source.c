#include "data/dataset/dataset_source.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "base/archive.h"
#include "base/encoding.h"
#include "base/file.h"
#include "data/rows/rows.h"

/* What one file or one member of an archive holds. */
typedef struct Part {
    struct Part *next;
    const char *name;
    char *bytes;
    size_t size;
} Part;

typedef struct SourceReading {
    const DatasetFiles *files;
    const DatasetSource *source;
    bool labelled;
    DatasetSourceVisitor *visitor;
    void *context;
    Arena *arena; /* of the files' bytes ... */
    Arena *row;   /* ... and of one row's fields at a time */
    Part *first;
    size_t n_parts;
    char *labels;  /* what is left of the file with label words; NULL: there is none */
    size_t n_rows; /* without those skipped */
} SourceReading;

/* --- bytes -------------------------------------------------------------------------------------- */

static bool add_part(SourceReading *reading, const char *name, char *bytes, size_t size, Error *err)
{
    Part *part = arena_alloc(reading->arena, 1, sizeof *part, err);
    if (!part) return false;
    *part = (Part){reading->first, name, bytes, size};
    reading->first = part;
    reading->n_parts++;
    return true;
}

static bool is_wanted(void *context, const char *member)
{
    const SourceReading *reading = context;
    return fnmatch(reading->source->members, member, 0) == 0;
}

static bool keep_member(void *context, const char *member, const char *bytes, size_t size,
                        Error *err)
{
    SourceReading *reading = context;
    char *name = arena_text(reading->arena, member, err),
         *copy = arena_text_span(reading->arena, bytes, size, err);
    return name && copy && add_part(reading, name, copy, size, err);
}

static bool read_parts(SourceReading *reading, const char *path, const DatasetFile *file,
                       Error *err)
{
    const DatasetSource *source = reading->source;
    uint64_t most_bytes = (uint64_t)file->unpacked_bytes;
    char *bytes;
    size_t size;
    if (source->members)
        return archive_visit(path, most_bytes, is_wanted, keep_member, reading, err);
    if (source->member)
        return archive_read_member(&bytes, &size, path, most_bytes, source->member, reading->arena,
                                   err) &&
               add_part(reading, source->member, bytes, size, err);
    return file_read(&bytes, &size, path, reading->arena, err) &&
           add_part(reading, source->file, bytes, size, err);
}

static int by_name(const void *a, const void *b)
{
    return strcmp((*(const Part *const *)a)->name, (*(const Part *const *)b)->name);
}

/* In an order that does not depend on how the archive was packed. */
static const Part **sort_parts(const SourceReading *reading, Error *err)
{
    const Part **sorted = arena_alloc(reading->arena, reading->n_parts, sizeof *sorted, err);
    size_t n = 0;
    for (const Part *part = reading->first; part && sorted; part = part->next) sorted[n++] = part;
    if (sorted) qsort(sorted, n, sizeof *sorted, by_name);
    return sorted;
}

/* --- labels in a file of their own -------------------------------------------------------------- */

static bool read_labels(SourceReading *reading, Error *err)
{
    const DatasetFile *file =
        dataset_manifest_file(reading->files->manifest, reading->source->labels);
    char *path;
    size_t size;
    if (!dataset_files_get(&path, reading->files, file, reading->arena, err) ||
        !file_read(&reading->labels, &size, path, reading->arena, err))
        return false;
    const char *text = reading->labels; /* which stays as it is */
    return encoding_decode(&text, &size, ENCODING_UTF8, path, reading->arena, err);
}

/* Cuts the next word off; NULL: there is none. */
static const char *next_label(SourceReading *reading)
{
    static const char space[] = " \t\r\n";
    char *word = reading->labels + strspn(reading->labels, space);
    if (*word == '\0') return NULL;
    reading->labels = word + strcspn(word, space);
    if (*reading->labels) *reading->labels++ = '\0';
    return word;
}

static bool find_label(const char **label, SourceReading *reading, const Rows *rows, Error *err)
{
    *label = reading->labels ? next_label(reading) : reading->source->label;
    if (*label || !reading->labels) return true;
    return error_usage(err, "%s:%d: '%s' has no label for this row", rows->origin, rows->line,
                       reading->source->labels);
}

static bool check_labels_used(SourceReading *reading, Error *err)
{
    const char *more = reading->labels ? next_label(reading) : NULL;
    return !more || error_usage(err, "'%s' has more labels than there are rows: '%s' is left",
                                reading->source->labels, more);
}

/* --- rows --------------------------------------------------------------------------------------- */

static bool begin_rows(Rows *rows, const SourceReading *reading, const Part *part, Error *err)
{
    const DatasetSource *source = reading->source;
    const DatasetTable *table = &reading->files->manifest->table;
    const char *slash = source->members ? NULL : strrchr(part->name, '/');
    RowsFormat format =
        (RowsFormat)(source->format == SOURCE_AS_TABLE ? table->format
                                                       : source->format - SOURCE_FORMAT_FIRST);
    RowsLayout layout = {.format = format,
                         .encoding = (Encoding)table->encoding,
                         .header = table->header && !source->headless,
                         .more_columns = table->more_columns,
                         .delimiter = table->delimiter[0],
                         .columns = *dataset_manifest_columns(table, source),
                         .paths = source->paths.n ? source->paths : table->paths,
                         .separators = table->separators,
                         .repeated = (int)table->repeated_columns};
    return rows_begin(rows, &layout, slash ? slash + 1 : part->name, part->bytes, part->size,
                      reading->row, err);
}

static bool visit_row(SourceReading *reading, const Rows *rows, const char **field, Error *err)
{
    DatasetFields fields = {.manifest = reading->files->manifest,
                            .columns = &rows->layout.columns,
                            .field = field,
                            .origin = rows->origin,
                            .line = rows->line,
                            .part = rows->part,
                            .labelled = reading->labelled};
    if (!find_label(&fields.label, reading, rows, err) ||
        !dataset_row_rewrite(&fields, reading->row, err))
        return false;
    if (dataset_row_skipped(&fields)) return true;
    reading->n_rows++;
    return reading->visitor(reading->context, &fields, err);
}

static bool visit_rows(SourceReading *reading, Rows *rows, Error *err)
{
    const char **field = arena_alloc(reading->row, rows->layout.columns.n, sizeof *field, err);
    ArenaMark mark = arena_mark(reading->row);
    bool more = field != NULL;
    while (more) {
        if (!rows_next(&more, field, rows, err) || (more && !visit_row(reading, rows, field, err)))
            return false;
        arena_reset(reading->row, mark);
    }
    return field != NULL;
}

static bool visit_part(SourceReading *reading, const Part *part, Error *err)
{
    Rows rows;
    ArenaMark mark = arena_mark(reading->row);
    bool done = begin_rows(&rows, reading, part, err) && visit_rows(reading, &rows, err);
    arena_reset(reading->row, mark);
    return done;
}

static bool visit_parts(SourceReading *reading, const char *path, const DatasetFile *file,
                        Error *err)
{
    const DatasetSource *source = reading->source;
    if (!read_parts(reading, path, file, err) || (source->labels && !read_labels(reading, err)))
        return false;
    const Part **parts = sort_parts(reading, err);
    if (!parts) return false;
    for (size_t i = 0; i < reading->n_parts; i++)
        if (!visit_part(reading, parts[i], err)) return false;
    if (!check_labels_used(reading, err)) return false;
    if (reading->n_rows == (size_t)source->rows) return true;
    return error_usage(err, "%s: %zu rows, expected %lld", path, reading->n_rows,
                       (long long)source->rows);
}

bool dataset_source_visit(const DatasetFiles *files, const DatasetSource *source, bool labelled,
                          DatasetSourceVisitor *visitor, void *context, Error *err)
{
    const DatasetFile *file = dataset_manifest_file(files->manifest, source->file);
    char *path;
    SourceReading reading = {.files = files,
                             .source = source,
                             .labelled = labelled,
                             .visitor = visitor,
                             .context = context,
                             .arena = arena_create("source", err),
                             .row = arena_create("row", err)};
    bool done = reading.arena && reading.row &&
                dataset_files_get(&path, files, file, reading.arena, err) &&
                visit_parts(&reading, path, file, err);
    arena_destroy(reading.row);
    arena_destroy(reading.arena);
    return done;
}
