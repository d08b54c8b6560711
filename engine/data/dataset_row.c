#include "data/dataset_row.h"

#include <fnmatch.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The field of a column by name; NULL: no column is named. */
static const char *field_of(const DatasetFields *fields, const char *name)
{
    return name ? fields->field[dataset_manifest_column(fields->columns, name, strlen(name))]
                : NULL;
}

bool dataset_row_skipped(const DatasetFields *fields)
{
    const SpecList *skip = &fields->manifest->table.skip;
    const DatasetSkip *rules = skip->items;
    for (size_t i = 0; i < skip->n; i++)
        if (fnmatch(rules[i].pattern, field_of(fields, rules[i].column), 0) == 0) return true;
    return false;
}

/* --- texts -------------------------------------------------------------------------------------- */

/* "a+b+c": the columns' fields, joined by spaces. */
static const char *join_columns(const DatasetFields *fields, const char *names, Arena *arena,
                                Error *err)
{
    Buffer text = buffer_create(arena);
    for (const char *at = names; at; at = strchr(at, '+') ? strchr(at, '+') + 1 : NULL) {
        size_t size = strcspn(at, "+");
        const char *field = fields->field[dataset_manifest_column(fields->columns, at, size)];
        if (strspn(field, " \t\r\n") == strlen(field)) {
            error_usage(err, "%s:%d: column '%.*s' is empty", fields->origin, fields->line,
                        (int)size, at);
            return NULL;
        }
        if (!strchr(names, '+')) return field;
        if ((text.size && !buffer_add_char(&text, ' ', err)) || !buffer_add_text(&text, field, err))
            return NULL;
    }
    return text.data;
}

/* --- labels ------------------------------------------------------------------------------------- */

/* After the first round, words are further spellings of the labels in the same order. */
static bool read_word(int *label, const DatasetFields *fields, const char *word, size_t n_labels,
                      Arena *arena, Error *err)
{
    const TextList *known = &fields->manifest->table.label_words;
    for (size_t i = 0; i < known->n; i++)
        if (strcmp(known->text[i], word) == 0) {
            *label = (int)(i % n_labels);
            return true;
        }
    error_usage(err, "%s:%d: unknown label '%s'", fields->origin, fields->line, word);
    return error_hint(err, "%s", spec_suggest(word, known->text, known->n, arena));
}

static bool read_target(double *target, const DatasetFields *fields, const char *number, Error *err)
{
    const DatasetManifest *m = fields->manifest;
    char *end;
    *target = strtod(number, &end);
    if (end == number || *end != '\0')
        return error_usage(err, "%s:%d: '%s' is not a number", fields->origin, fields->line,
                           number);
    if (*target >= m->target_low && *target <= m->target_high) return true;
    error_usage(err, "%s:%d: %s is not between %g and %g", fields->origin, fields->line, number,
                m->target_low, m->target_high);
    return error_hint(err, "compare target_low and target_high in the manifest");
}

/* What the row is to be told from its texts, if that is known. */
static bool read_answer(Example *example, const DatasetFields *fields, Arena *arena, Error *err)
{
    const DatasetManifest *m = fields->manifest;
    example->label = -1;
    example->target = (double)NAN;
    if (!fields->labelled) return true;
    const char *word =
        fields->source->label ? fields->source->label : field_of(fields, m->table.label);
    if (m->form == DATASET_REGRESSION) return read_target(&example->target, fields, word, err);
    size_t n_labels = m->labels.n ? m->labels.n : (size_t)dataset_manifest_answers(m);
    return read_word(&example->label, fields, word, n_labels, arena, err);
}

/* --- the row ------------------------------------------------------------------------------------ */

bool dataset_row_read(DatasetRow *row, const DatasetFields *fields, Arena *arena, Error *err)
{
    const DatasetTable *table = &fields->manifest->table;
    Example *example = &row->example;
    for (size_t i = 0; i < table->text.n; i++) {
        example->text[i] = join_columns(fields, table->text.text[i], arena, err);
        if (!example->text[i]) return false;
    }
    example->n_texts = (int)table->text.n;
    row->group = field_of(fields, table->group);
    example->id = table->id ? field_of(fields, table->id)
                            : arena_format(arena, err, "%s:%d", fields->origin, fields->line);
    return example->id && read_answer(example, fields, arena, err);
}
