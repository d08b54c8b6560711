#include "data/dataset/dataset_texts.h"

#include <math.h>
#include <string.h>

#include "base/csv.h"
#include "base/encoding.h"
#include "base/interrupt.h"
#include "data/dataset/dataset_manifest.h"
#include "data/dataset/dataset_row.h"
#include "data/rows/rows.h"

/* --- names ---------------------------------------------------------------------------------------- */

bool dataset_texts_names(TextList *names, DatasetForm form, int n_answers, Arena *arena, Error *err)
{
    static const char *const pair[] = {"sentence1", "sentence2"};
    static const char *const entailment[] = {"premise", "hypothesis"};
    static const char *const one[] = {"text"}, *const context[] = {"context"};
    const bool choice = form == DATASET_MULTIPLE_CHOICE;
    const char *const *first = choice                           ? context
                               : form == DATASET_CLASSIFICATION ? one
                               : form == DATASET_ENTAILMENT     ? entailment
                                                                : pair;
    const size_t n_first = choice || form == DATASET_CLASSIFICATION ? 1 : 2;
    const size_t n = choice ? n_first + (size_t)n_answers : n_first;
    *names = (TextList){0, arena_alloc(arena, n, sizeof(char *), err)};
    if (!names->text) return false;
    for (size_t i = 0; i < n; i++) {
        names->text[i] =
            i < n_first ? first[i] : arena_format(arena, err, "answer%zu", i - n_first + 1);
        if (!names->text[i]) return false;
    }
    names->n = n;
    return true;
}

RowsFormat dataset_texts_format(const char *path, const char *bytes, size_t size)
{
    static const struct {
        const char *ending;
        RowsFormat format;
    } known[] = {{".csv", ROWS_CSV},
                 {".tsv", ROWS_TSV},
                 {".jsonl", ROWS_JSON_LINES},
                 {".ndjson", ROWS_JSON_LINES},
                 {".json", ROWS_JSON_LINES}};
    const char *ending = path ? strrchr(path, '.') : NULL;
    for (size_t i = 0; ending && i < sizeof known / sizeof *known; i++)
        if (!strcasecmp(ending, known[i].ending)) return known[i].format;
    size_t at = 0;
    while (at < size && memchr(" \t\r\n\xEF\xBB\xBF", bytes[at], 7)) at++;
    return at < size && bytes[at] == '{' ? ROWS_JSON_LINES : ROWS_TSV;
}

/* --- the first row -------------------------------------------------------------------------------- */

typedef struct Reading {
    const DatasetTexts *texts;
    const DatasetManifest *manifest;
    char delimiter; /* of csv */
    TextList first; /* fields of the first line, or keys of the first object */
    Arena *arena;
} Reading;

static bool add_field(TextList *fields, size_t *room, const char *text, size_t size, Arena *arena,
                      Error *err)
{
    const char **more = arena_grow(arena, fields->text, fields->n, room, sizeof *more, err);
    if (!more) return false;
    fields->text = more;
    fields->text[fields->n] = arena_text_span(arena, text, size, err);
    return fields->text[fields->n++] != NULL;
}

static bool split_tabs(TextList *fields, const char *line, size_t size, Arena *arena, Error *err)
{
    size_t room = 0;
    for (const char *at = line, *end = line + size; at;) {
        const char *tab = memchr(at, '\t', (size_t)(end - at));
        if (!add_field(fields, &room, at, (size_t)((tab ? tab : end) - at), arena, err))
            return false;
        at = tab ? tab + 1 : NULL;
    }
    return true;
}

static bool split_csv(TextList *fields, const Reading *reading, const char *line, char delimiter,
                      Error *err)
{
    const DatasetTexts *texts = reading->texts;
    CsvReader reader = csv_reader(texts->origin, line, (size_t)(texts->bytes + texts->size - line));
    Buffer field = buffer_create(reading->arena);
    size_t room = 0;
    reader.delimiter = delimiter;
    for (bool last = false; !last;)
        if (!csv_read(&field, &last, &reader, err) ||
            !add_field(fields, &room, field.data, field.size, reading->arena, err))
            return false;
    return true;
}

static bool list_keys(TextList *keys, const Reading *reading, const char *line, size_t size,
                      Error *err)
{
    const Json *object = json_parse_text(line, size, reading->texts->origin, reading->arena, err);
    if (!object) return false;
    if (json_type(object) != JSON_OBJECT_VALUE) {
        error_usage(err, "%s: the first line is no JSON object", reading->texts->origin);
        return error_hint(err, "an object a line, {\"NAME\": \"a text\"}");
    }
    size_t room = 0;
    for (size_t i = 0; i < json_size(object); i++) {
        const char *key;
        Json *value;
        json_member(object, i, &key, &value);
        if (!add_field(keys, &room, key, strlen(key), reading->arena, err)) return false;
    }
    return true;
}

static bool has_column(const TextList *names, const char *name, size_t size)
{
    return dataset_manifest_column(names, name, size) >= 0;
}

/* All columns of "a+b". */
static bool has_columns(const TextList *names, const char *text)
{
    for (const char *at = text; at; at = strchr(at, '+') ? strchr(at, '+') + 1 : NULL)
        if (!has_column(names, at, strcspn(at, "+?"))) return false;
    return true;
}

/* The data set's own delimiter, where it parts the names of its texts; else commas. */
static bool look_at_csv(Reading *reading, const char *line, Error *err)
{
    const DatasetTable *table = &reading->manifest->table;
    TextList own = {0};
    bool fits = table->text.n > 0;
    if (!split_csv(&own, reading, line, table->delimiter[0], err)) return false;
    for (size_t i = 0; i < table->text.n; i++) fits &= has_columns(&own, table->text.text[i]);
    reading->delimiter = fits ? table->delimiter[0] : ',';
    return split_csv(&reading->first, reading, line, reading->delimiter, err);
}

/* Nothing of an empty file. */
static bool look_at_first(Reading *reading, Error *err)
{
    const char *at = reading->texts->bytes, *end = at + reading->texts->size;
    if (end - at >= 3 && !memcmp(at, "\xEF\xBB\xBF", 3)) at += 3;
    while (at < end && (*at == '\n' || *at == '\r')) at++;
    if (at == end) return true;
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    size_t size = (size_t)((newline ? newline : end) - at);
    if (size && at[size - 1] == '\r') size--;
    switch (reading->texts->format) {
    case ROWS_CSV: return look_at_csv(reading, at, err);
    case ROWS_JSON_LINES: return list_keys(&reading->first, reading, at, size, err);
    default: return split_tabs(&reading->first, at, size, reading->arena, err);
    }
}

/* --- where the texts stand ------------------------------------------------------------------------ */

/* How rows are read, and what is taken of them. */
typedef struct Layout {
    RowsLayout rows;
    DatasetManifest asked; /* the data set's, with the texts and the id that there are */
} Layout;

/* Those of the data set's texts that the first row has; n 0: not all are there. */
static bool own_texts(TextList *found, const Reading *reading, Error *err)
{
    const TextList *own = &reading->manifest->table.text;
    *found = (TextList){0, arena_alloc(reading->arena, own->n, sizeof(char *), err)};
    if (!found->text) return false;
    for (size_t i = 0; i < own->n; i++) {
        if (has_columns(&reading->first, own->text[i])) found->text[found->n++] = own->text[i];
        else if (!strchr(own->text[i], '?')) return found->n = 0, true;
    }
    return true;
}

/* Answers by their numbers, as many as the first row names. */
static bool named_texts(TextList *found, const Reading *reading, Error *err)
{
    const DatasetForm form = (DatasetForm)reading->manifest->form;
    if (!dataset_texts_names(found, form, (int)reading->first.n, reading->arena, err)) return false;
    size_t n = 0;
    while (n < found->n && has_column(&reading->first, found->text[n], strlen(found->text[n]))) n++;
    const bool all = form == DATASET_MULTIPLE_CHOICE ? n >= 3 : n == found->n;
    found->n = all ? n : 0;
    return true;
}

/* The columns that JSON is to have; of lines all that the first one names. */
static bool list_columns(TextList *columns, const Layout *layout, const Reading *reading,
                         Error *err)
{
    const DatasetTable *table = &layout->asked.table;
    size_t room = 0;
    *columns = (TextList){0};
    if (reading->texts->format != ROWS_JSON_LINES) {
        *columns = reading->first;
        return true;
    }
    for (size_t i = 0; i < table->text.n; i++)
        for (const char *at = table->text.text[i]; at;
             at = strchr(at, '+') ? strchr(at, '+') + 1 : NULL)
            if (!add_field(columns, &room, at, strcspn(at, "+?"), reading->arena, err))
                return false;
    return true;
}

/* Changes to columns that are not there are left out. */
static bool keep_rewrites(DatasetTable *table, const TextList *columns, Arena *arena, Error *err)
{
    const DatasetRewrite *rules = table->rewrite.items;
    DatasetRewrite *kept = arena_alloc(arena, table->rewrite.n, sizeof *kept, err);
    size_t n = 0;
    if (!kept) return false;
    for (size_t i = 0; i < table->rewrite.n; i++)
        if (has_column(columns, rules[i].column, strlen(rules[i].column))) kept[n++] = rules[i];
    table->rewrite = (SpecList){n, kept};
    return true;
}

/* "'premise', 'hypothesis'"; "" without memory for it. */
static const char *in_quotes(const TextList *names, Arena *arena)
{
    Error lost = {0};
    Buffer text = buffer_create(arena);
    for (size_t i = 0; i < names->n; i++)
        if (!buffer_format(&text, &lost, "%s'%s'", i ? ", " : "", names->text[i])) return "";
    return text.data;
}

static bool no_columns(const Reading *reading, Error *err)
{
    TextList names = reading->manifest->table.text;
    const DatasetForm form = (DatasetForm)reading->manifest->form;
    if (!names.n && !dataset_texts_names(&names, form, 2, reading->arena, err)) return false;
    error_usage(err, "%s: the first object has not the columns of the texts",
                reading->texts->origin);
    return error_hint(err, "an object a line with %s", in_quotes(&names, reading->arena));
}

/* A line holds the texts alone. */
static bool lay_out_bare(Layout *layout, const Reading *reading, Error *err)
{
    const DatasetForm form = (DatasetForm)reading->manifest->form;
    const int n_answers = reading->first.n > 3 ? (int)reading->first.n - 1 : 2;
    if (reading->texts->format == ROWS_JSON_LINES) return no_columns(reading, err);
    TextList *names = &layout->rows.columns;
    if (!dataset_texts_names(names, form, n_answers, reading->arena, err)) return false;
    if (reading->first.n != names->n) {
        error_usage(err, "%s: the first line has %zu field%s, expected %zu: %s",
                    reading->texts->origin, reading->first.n, reading->first.n == 1 ? "" : "s",
                    names->n, in_quotes(names, reading->arena));
        return error_hint(err, "the texts alone, parted by %s; or a first line with these names",
                          reading->texts->format == ROWS_CSV ? "commas" : "tabs");
    }
    layout->asked.table.text = *names;
    layout->asked.table.rewrite.n = 0;
    return true;
}

static bool lay_out(Layout *layout, const Reading *reading, Error *err)
{
    TextList own, named;
    layout->rows = (RowsLayout){.format = reading->texts->format, .delimiter = reading->delimiter};
    layout->asked = *reading->manifest;
    DatasetTable *table = &layout->asked.table;
    table->group = table->pronoun = NULL;
    table->skip.n = 0;
    if (table->id && !has_columns(&reading->first, table->id)) table->id = NULL;
    if (reading->texts->format == ROWS_JSON_LINES) table->id = NULL;
    if (!own_texts(&own, reading, err) || !named_texts(&named, reading, err)) return false;
    if (own.n + named.n == 0) {
        table->id = NULL;
        return lay_out_bare(layout, reading, err);
    }
    table->text = own.n ? own : named;
    if (!own.n) table->rewrite.n = 0;
    layout->rows.header = true;
    return list_columns(&layout->rows.columns, layout, reading, err) &&
           keep_rewrites(table, &layout->rows.columns, reading->arena, err);
}

/* --- rows ----------------------------------------------------------------------------------------- */

static bool add_example(Examples *examples, size_t *room, const Layout *layout, const Rows *rows,
                        const char **field, Arena *arena, Error *err)
{
    DatasetRow row;
    DatasetFields fields = {.manifest = &layout->asked,
                            .columns = &rows->layout.columns,
                            .field = field,
                            .origin = rows->origin,
                            .line = rows->line,
                            .part = rows->part};
    Example *more = arena_grow(arena, examples->items, examples->n, room, sizeof *more, err);
    if (!more) return false;
    examples->items = more;
    if (!dataset_row_rewrite(&fields, arena, err) || !dataset_row_read(&row, &fields, arena, err))
        return false;
    examples->items[examples->n++] = row.example;
    return true;
}

static bool read_rows(Examples *examples, const Layout *layout, const Reading *reading, Error *err)
{
    Rows rows;
    Arena *arena = reading->arena;
    const DatasetTexts *texts = reading->texts;
    const char **field = arena_alloc(arena, layout->rows.columns.n, sizeof *field, err);
    size_t room = 0;
    if (!field ||
        !rows_begin(&rows, &layout->rows, texts->origin, texts->bytes, texts->size, arena, err))
        return false;
    for (bool more = true;;) {
        if (!interrupt_check(err) || !rows_next(&more, field, &rows, err)) return false;
        if (!more) return true;
        if (!add_example(examples, &room, layout, &rows, field, arena, err)) return false;
    }
}

/* UTF-8, or what the data set itself is in, where it looks like that. */
static Encoding encoding_of(const DatasetTexts *texts, const DatasetManifest *manifest)
{
    const Encoding likely = encoding_likely(texts->bytes, texts->size);
    return likely == (Encoding)manifest->table.encoding ? likely : ENCODING_UTF8;
}

bool dataset_texts_read(Examples *examples, const DatasetTexts *texts,
                        const DatasetManifest *manifest, Arena *arena, Error *err)
{
    Layout layout;
    DatasetTexts decoded = *texts;
    Reading reading = {.texts = &decoded, .manifest = manifest, .arena = arena};
    *examples = (Examples){0};
    if (!encoding_decode(&decoded.bytes, &decoded.size, encoding_of(texts, manifest), texts->origin,
                         arena, err))
        return false;
    if (!look_at_first(&reading, err)) return false;
    if (reading.first.n > 0 && !lay_out(&layout, &reading, err)) return false;
    if (reading.first.n > 0 && !read_rows(examples, &layout, &reading, err))
        return error_wrap(err, "reading rows of the form '%s', with %s",
                          dataset_form_words[manifest->form],
                          in_quotes(&layout.asked.table.text, arena));
    if (examples->n > 0) return true;
    error_usage(err, "%s: there is no text in it", texts->origin);
    return error_hint(err, "a row a line");
}

/* --- given ---------------------------------------------------------------------------------------- */

static bool wrong_number(size_t n, DatasetForm form, Error *err)
{
    const bool choice = form == DATASET_MULTIPLE_CHOICE;
    const size_t wanted = form == DATASET_CLASSIFICATION ? 1 : 2;
    error_usage(err, "a row of form '%s' has %s, and %zu %s given", dataset_form_words[form],
                choice        ? "a context and two answers at least"
                : wanted == 1 ? "one text"
                              : "two texts",
                n, n == 1 ? "text is" : "texts are");
    return error_hint(err, "%s",
                      choice        ? "\"the context\" \"an answer\" \"another\""
                      : wanted == 1 ? "\"the text\", in quotes"
                                    : "\"the first text\" \"the second\"");
}

bool dataset_texts_given(Examples *examples, const char *const *texts, size_t n, DatasetForm form,
                         Arena *arena, Error *err)
{
    const bool choice = form == DATASET_MULTIPLE_CHOICE;
    const size_t wanted = form == DATASET_CLASSIFICATION ? 1 : 2;
    if (choice ? n < 3 : n != wanted) return wrong_number(n, form, err);
    Example *example = arena_alloc(arena, 1, sizeof *example, err);
    const char **copies = arena_alloc(arena, n, sizeof *copies, err);
    if (!example || !copies) return false;
    for (size_t i = 0; i < n; i++) {
        const size_t size = strlen(texts[i]), right = encoding_utf8_length(texts[i], size);
        copies[i] = texts[i];
        if (right < size)
            return error_usage(err, "text %zu: byte %zu, 0x%02X, is no UTF-8", i + 1, right,
                               (unsigned char)texts[i][right]);
        if (texts[i][strspn(texts[i], " \t\r\n")] == '\0')
            return error_usage(err, "text %zu is empty", i + 1);
    }
    *example =
        (Example){.id = "1", .text = copies, .n_texts = (int)n, .label = -1, .target = (double)NAN};
    *examples = (Examples){1, example};
    return true;
}
