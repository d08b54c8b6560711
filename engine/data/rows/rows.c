#include "data/rows/rows.h"

#include <string.h>

#include "base/csv.h"
#include "base/xml.h"
#include "data/rows/rows_tree.h"

/* Of csv; tsv has separators of its own. */
static char delimiter_of(const RowsLayout *layout)
{
    if (layout->format == ROWS_TSV) return '\t';
    return layout->delimiter ? layout->delimiter : ',';
}

/* --- lines -------------------------------------------------------------------------------------- */

/* The end of the line at rows->at, without its ending. */
static const char *line_end(const Rows *rows)
{
    if (rows->at >= rows->end) return rows->end;
    const char *end = memchr(rows->at, '\n', (size_t)(rows->end - rows->at));
    if (!end) end = rows->end;
    return end > rows->at && end[-1] == '\r' ? end - 1 : end;
}

static void skip_line(Rows *rows)
{
    const char *end = rows->at && rows->at < rows->end
                          ? memchr(rows->at, '\n', (size_t)(rows->end - rows->at))
                          : NULL;
    rows->at = end ? end + 1 : rows->end;
    rows->next_line++;
}

/* To the next line that is not empty; false: there is none. */
static bool find_row(Rows *rows)
{
    while (rows->at < rows->end && line_end(rows) == rows->at) skip_line(rows);
    rows->line = rows->next_line;
    return rows->at < rows->end;
}

static bool check_count(const Rows *rows, size_t n, Error *err)
{
    if (n == rows->layout.columns.n || (n > rows->layout.columns.n && rows->layout.more_columns))
        return true;
    error_usage(err, "%s:%d: %zu %s-separated fields, expected %zu", rows->origin, rows->line, n,
                csv_delimiter_word(delimiter_of(&rows->layout)), rows->layout.columns.n);
    if (rows->layout.format == ROWS_CSV)
        return error_hint(err, "put a text that holds a %s into double quotes, or correct the line",
                          csv_delimiter_word(delimiter_of(&rows->layout)));
    return error_hint(err, "compare the line with the columns in the manifest");
}

static bool copy_field(const char **field, const Rows *rows, const char *text, size_t size,
                       Error *err)
{
    *field = arena_text_span(rows->arena, text, size, err);
    return *field != NULL;
}

/* --- formats ------------------------------------------------------------------------------------ */

/* What ends the column; NULL: only the line does. */
static const char *separator_of(const RowsLayout *layout, size_t column)
{
    if (layout->separators.n == 0) return "\t";
    return column < layout->separators.n ? layout->separators.text[column] : NULL;
}

/* The field that begins at *at; *at becomes the beginning of the next one, NULL after the last. */
static size_t next_field(const char **at, const char *end, const char *separator)
{
    const char *start = *at, *stop = NULL;
    if (separator) stop = memmem(start, (size_t)(end - start), separator, strlen(separator));
    *at = stop ? stop + strlen(separator) : NULL;
    return (size_t)((stop ? stop : end) - start);
}

/* The column that field `n` of the line fills in row `part` of the line; columns.n: none. */
static size_t column_of(const RowsLayout *layout, size_t n, int part)
{
    size_t n_columns = layout->columns.n, repeated = (size_t)layout->repeated,
           shared = n_columns - repeated;
    if (repeated == 0) return n < n_columns ? n : n_columns;
    if (n < shared) return n;
    return (n - shared) / repeated == (size_t)part - 1 ? shared + (n - shared) % repeated
                                                       : n_columns;
}

static size_t count_fields(const Rows *rows, const char *end)
{
    const char *at = rows->at;
    size_t n = 0;
    do (void)next_field(&at, end, separator_of(&rows->layout, n++));
    while (at);
    return n;
}

/* How many rows the line holds; 0: *err says what is wrong with it. */
static size_t count_parts(const Rows *rows, size_t n_fields, Error *err)
{
    size_t n_columns = rows->layout.columns.n, repeated = (size_t)rows->layout.repeated;
    if (repeated == 0) return check_count(rows, n_fields, err);
    if (n_fields >= n_columns && (n_fields - n_columns) % repeated == 0)
        return (n_fields - n_columns) / repeated + 1;
    error_usage(err, "%s:%d: %zu fields, expected %zu and then %zu for each further row",
                rows->origin, rows->line, n_fields, n_columns, repeated);
    return 0;
}

static bool read_tsv(const char **fields, Rows *rows, Error *err)
{
    const char *end = line_end(rows);
    size_t n_parts = count_parts(rows, count_fields(rows, end), err), n = 0;
    if (n_parts == 0) return false;
    rows->part = ++rows->parts_read;
    const char *at = rows->at;
    do {
        const char *start = at;
        size_t size = next_field(&at, end, separator_of(&rows->layout, n)),
               column = column_of(&rows->layout, n++, rows->part);
        if (column < rows->layout.columns.n && !copy_field(&fields[column], rows, start, size, err))
            return false;
    } while (at);
    if ((size_t)rows->part < n_parts) return true;
    rows->parts_read = 0;
    skip_line(rows);
    return true;
}

static bool read_csv(const char **fields, Rows *rows, Error *err)
{
    CsvReader reader = {rows->origin, rows->at,        rows->end,
                        rows->line,   rows->next_line, delimiter_of(&rows->layout)};
    Buffer field = buffer_create(rows->arena);
    size_t n = 0;
    for (bool last = false; !last; n++)
        if (!csv_read(&field, &last, &reader, err) ||
            (n < rows->layout.columns.n &&
             !copy_field(&fields[n], rows, field.data, field.size, err)))
            return false;
    rows->at = reader.at;
    rows->next_line = reader.next_line;
    return check_count(rows, n, err);
}

static bool read_json_line(const char **fields, Rows *rows, Error *err)
{
    char *origin = arena_format(rows->arena, err, "%s:%d", rows->origin, rows->line);
    Json *row = origin ? json_parse_text(rows->at, (size_t)(line_end(rows) - rows->at), origin,
                                         rows->arena, err)
                       : NULL;
    if (!row) return false;
    if (json_type(row) != JSON_OBJECT_VALUE) return error_usage(err, "%s: not an object", origin);
    if (!rows_tree_fields(fields, row, origin, rows, err)) return false;
    skip_line(rows);
    return true;
}

static bool read_block(const char **fields, Rows *rows, Error *err)
{
    size_t n = 0;
    for (; rows->at < rows->end && line_end(rows) > rows->at; n++) {
        const char *end = line_end(rows);
        if (n < rows->layout.columns.n &&
            !copy_field(&fields[n], rows, rows->at, (size_t)(end - rows->at), err))
            return false;
        skip_line(rows);
    }
    if (n == rows->layout.columns.n) return true;
    error_usage(err, "%s:%d: a block of %zu lines, expected %zu", rows->origin, rows->line, n,
                rows->layout.columns.n);
    return error_hint(err, "blocks are parted by empty lines");
}

/* --- rows --------------------------------------------------------------------------------------- */

static bool is_tree(const Rows *rows)
{
    return rows->layout.format == ROWS_JSON || rows->layout.format == ROWS_XML;
}

bool rows_next(bool *more, const char **fields, Rows *rows, Error *err)
{
    if (is_tree(rows)) return rows_tree_next(more, fields, rows, err);
    *more = find_row(rows);
    if (!*more) return true;
    rows->part = 1;
    switch (rows->layout.format) {
    case ROWS_TSV: return read_tsv(fields, rows, err);
    case ROWS_CSV: return read_csv(fields, rows, err);
    case ROWS_JSON_LINES: return read_json_line(fields, rows, err);
    case ROWS_BLOCKS: return read_block(fields, rows, err);
    case ROWS_JSON:
    case ROWS_XML: break;
    }
    return false;
}

static bool check_header(Rows *rows, Error *err)
{
    bool more;
    const char **names = arena_alloc(rows->arena, rows->layout.columns.n, sizeof *names, err);
    if (!names || !rows_next(&more, names, rows, err)) return false;
    if (!more)
        return error_usage(err, "%s: empty, expected a line with the names of the columns",
                           rows->origin);
    for (size_t i = 0; i < rows->layout.columns.n; i++)
        if (strcmp(names[i], rows->layout.columns.text[i]) != 0) {
            error_usage(err, "%s:%d: column %zu is called '%s', expected '%s'", rows->origin,
                        rows->line, i + 1, names[i], rows->layout.columns.text[i]);
            return error_hint(err, "the same columns in the same order in every file");
        }
    return true;
}

static bool begin_tree(Rows *rows, Json *root, Error *err)
{
    return root && rows_tree_begin(rows, root, err);
}

bool rows_begin(Rows *rows, const RowsLayout *layout, const char *origin, const char *bytes,
                size_t size, Arena *arena, Error *err)
{
    if (layout->format != ROWS_XML &&
        !encoding_decode(&bytes, &size, layout->encoding, origin, arena, err))
        return false;
    *rows = (Rows){.layout = *layout,
                   .origin = origin,
                   .at = bytes,
                   .end = bytes + size,
                   .next_line = 1,
                   .arena = arena};
    if (size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) rows->at += 3;
    if (layout->paths.n == 0) rows->layout.paths = layout->columns;
    size_t rest = (size_t)(rows->end - rows->at);
    switch (layout->format) {
    case ROWS_TSV:
    case ROWS_CSV: return !layout->header || check_header(rows, err);
    case ROWS_JSON:
        return begin_tree(rows, json_parse_text(rows->at, rest, origin, arena, err), err);
    case ROWS_XML: return begin_tree(rows, xml_parse_text(rows->at, rest, origin, arena, err), err);
    case ROWS_JSON_LINES:
    case ROWS_BLOCKS: break;
    }
    return true;
}
