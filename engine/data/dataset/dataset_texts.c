#include "data/dataset/dataset_texts.h"

#include <math.h>
#include <string.h>

#include "base/encoding.h"
#include "base/interrupt.h"
#include "data/dataset/dataset_manifest.h"
#include "data/dataset/dataset_row.h"
#include "data/dataset/dataset_texts_first.h"
#include "data/rows/rows.h"

/* --- names ---------------------------------------------------------------------------------------- */

/* The first ones, but for a multiple choice all, and what else they may be called. */
static const char *const *usual_names(DatasetForm form, bool others)
{
    static const char *const context[] = {"context"};
    static const char *const text[] = {"text"}, *const sentence[] = {"sentence"};
    static const char *const sentences[] = {"sentence1", "sentence2"};
    static const char *const entailment[] = {"premise", "hypothesis"};
    switch (form) {
    case DATASET_MULTIPLE_CHOICE: return context;
    case DATASET_CLASSIFICATION: return others ? sentence : text;
    case DATASET_ENTAILMENT: return others ? sentences : entailment;
    default: return others ? entailment : sentences;
    }
}

static bool list_names(TextList *names, DatasetForm form, bool others, int n_answers, Arena *arena,
                       Error *err)
{
    const char *const *first = usual_names(form, others);
    const bool choice = form == DATASET_MULTIPLE_CHOICE;
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

bool dataset_texts_names(TextList *names, DatasetForm form, int n_answers, Arena *arena, Error *err)
{
    return list_names(names, form, false, n_answers, arena, err);
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
    const DatasetTexts *texts; /* in UTF-8, and as they are parted */
    const DatasetManifest *manifest;
    TextList first; /* fields of the first line, or keys of the first object */
    Arena *arena;
} Reading;

/* --- where the texts stand ------------------------------------------------------------------------ */

/* How rows are read, and what is taken of them. */
typedef struct Layout {
    RowsLayout rows;
    DatasetManifest asked; /* the data set's, with the texts and the id that there are */
} Layout;

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
    bool all = false;
    for (int others = 0; others < 2 && !all; others++) {
        size_t n = 0;
        if (!list_names(found, form, others, (int)reading->first.n, reading->arena, err))
            return false;
        while (n < found->n && has_column(&reading->first, found->text[n], strlen(found->text[n])))
            n++;
        all = form == DATASET_MULTIPLE_CHOICE ? n >= 3 : n == found->n;
        found->n = all ? n : 0;
    }
    return true;
}

/* The columns that JSON is to have; of lines all that the first one names. */
static bool list_columns(TextList *columns, const Layout *layout, const Reading *reading,
                         Error *err)
{
    const DatasetTable *table = &layout->asked.table;
    size_t n = table->text.n;
    if (reading->texts->format != ROWS_JSON_LINES) {
        *columns = reading->first;
        return true;
    }
    for (size_t i = 0; i < table->text.n; i++)
        for (const char *at = table->text.text[i]; (at = strchr(at, '+')); at++) n++;
    *columns = (TextList){0, arena_alloc(reading->arena, n, sizeof(char *), err)};
    if (!columns->text) return false;
    for (size_t i = 0; i < table->text.n; i++)
        for (const char *at = table->text.text[i]; at;
             at = strchr(at, '+') ? strchr(at, '+') + 1 : NULL) {
            const char *name = arena_text_span(reading->arena, at, strcspn(at, "+?"), err);
            if (!name) return false;
            columns->text[columns->n++] = name;
        }
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

static bool wrong_count(const Reading *reading, const TextList *names, Error *err)
{
    const TextList *own = &reading->manifest->table.text;
    error_usage(err, "%s: the first line has %zu field%s, expected %zu: %s", reading->texts->origin,
                reading->first.n, reading->first.n == 1 ? "" : "s", names->n,
                in_quotes(names, reading->arena));
    return error_hint(err, "the texts alone, parted by %s; or a first line with these names%s%s",
                      reading->texts->format == ROWS_CSV ? "commas" : "tabs",
                      own->n ? ", or those of the data set: " : "",
                      own->n ? in_quotes(own, reading->arena) : "");
}

/* A line holds the texts alone, or all that a row of the data set does where its own files name no columns. */
static bool lay_out_bare(Layout *layout, const Reading *reading, Error *err)
{
    const DatasetForm form = (DatasetForm)reading->manifest->form;
    const DatasetTable *own = &reading->manifest->table;
    const int n_answers = reading->first.n > 3 ? (int)reading->first.n - 1 : 2;
    if (reading->texts->format == ROWS_JSON_LINES) return no_columns(reading, err);
    TextList *names = &layout->rows.columns;
    if (!dataset_texts_names(names, form, n_answers, reading->arena, err)) return false;
    if (reading->first.n != names->n) {
        if (own->header || reading->first.n != own->columns.n)
            return wrong_count(reading, names, err);
        *names = own->columns;
        return true;
    }
    layout->asked.table.id = NULL;
    layout->asked.table.text = *names;
    layout->asked.table.rewrite.n = 0;
    return true;
}

static bool lay_out(Layout *layout, const Reading *reading, Error *err)
{
    TextList own, named;
    layout->rows =
        (RowsLayout){.format = reading->texts->format, .delimiter = reading->texts->delimiter};
    layout->asked = *reading->manifest;
    DatasetTable *table = &layout->asked.table;
    table->group = table->pronoun = NULL;
    table->skip.n = 0;
    if (!own_texts(&own, reading, err) || !named_texts(&named, reading, err)) return false;
    if (own.n + named.n == 0) return lay_out_bare(layout, reading, err);
    if (table->id && !has_columns(&reading->first, table->id)) table->id = NULL;
    if (reading->texts->format == ROWS_JSON_LINES) table->id = NULL;
    table->text = own.n ? own : named;
    if (!own.n) table->rewrite.n = 0;
    layout->rows.header = true;
    return list_columns(&layout->rows.columns, layout, reading, err) &&
           keep_rewrites(table, &layout->rows.columns, reading->arena, err);
}

/* --- as the data set's own files are -------------------------------------------------------------- */

/* UTF-8, or else what the data set is in. */
static bool decode(DatasetTexts *texts, const Reading *reading, Error *err)
{
    const bool is_utf8 = encoding_utf8_length(texts->bytes, texts->size) == texts->size;
    const Encoding encoding = is_utf8 ? ENCODING_UTF8 : reading->manifest->table.encoding;
    return encoding_decode(&texts->bytes, &texts->size, encoding, texts->origin, reading->arena,
                           err);
}

/* In *texts how the data set's own files part their lines, if the first line read so names its texts. */
static bool part_as_own(DatasetTexts *texts, const Reading *reading, Error *err)
{
    const DatasetTable *table = &reading->manifest->table;
    DatasetTexts as_own = *texts;
    Reading own = {.texts = &as_own, .manifest = reading->manifest, .arena = reading->arena};
    Error unlike = {0};
    TextList found;
    as_own.format = (RowsFormat)table->format;
    as_own.delimiter = table->delimiter[0];
    if (texts->format == ROWS_JSON_LINES || table->separators.n) return true;
    if (as_own.format != ROWS_CSV && as_own.format != ROWS_TSV) return true;
    if (!dataset_texts_first(&own.first, &as_own, reading->arena, &unlike))
        return unlike.kind == ERROR_USAGE || error_add(err, &unlike);
    if (!own_texts(&found, &own, err)) return false;
    if (found.n > 0) *texts = as_own;
    return true;
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

bool dataset_texts_read(Examples *examples, const DatasetTexts *texts,
                        const DatasetManifest *manifest, Arena *arena, Error *err)
{
    Layout layout;
    DatasetTexts parted = *texts;
    Reading reading = {.texts = &parted, .manifest = manifest, .arena = arena};
    *examples = (Examples){0};
    if (!decode(&parted, &reading, err) || !part_as_own(&parted, &reading, err) ||
        !dataset_texts_first(&reading.first, &parted, arena, err))
        return false;
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
