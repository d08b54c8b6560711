#include "data/dataset/dataset_answer.h"

#include <stdlib.h>
#include <string.h>

/* After the first round, words are further spellings of the labels in the same order. */
static bool read_word(int *label, const DatasetFields *fields, const char *word, size_t n_labels,
                      Arena *scratch, Error *err)
{
    const TextList *known = &fields->manifest->table.label_words;
    int place = spec_list_find(known, word);
    if (place >= 0) {
        *label = place % (int)n_labels;
        return true;
    }
    error_usage(err, "%s:%d: unknown label '%s'", fields->origin, fields->line, word);
    return spec_suggest_hint(&(SpecReader){"", scratch, err}, word, known->text, known->n);
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

/* Without case, and without white space at either end. */
static bool is_same(const char *a, const char *b)
{
    static const char space[] = " \t\r\n";
    a += strspn(a, space);
    b += strspn(b, space);
    size_t n_a = strlen(a), n_b = strlen(b);
    while (n_a > 0 && strchr(space, a[n_a - 1])) n_a--;
    while (n_b > 0 && strchr(space, b[n_b - 1])) n_b--;
    return n_a == n_b && strncasecmp(a, b, n_a) == 0;
}

/* The right answer stands there in its own words: it is one of the answers, and of one only. */
static bool find_answer(int *label, const Example *example, int first, const DatasetFields *fields,
                        const char *right, Error *err)
{
    int n = 0;
    for (int k = first; k < example->n_texts; k++)
        if (is_same(example->text[k], right)) {
            *label = k - first;
            n++;
        }
    return n == 1 || error_usage(err, "%s:%d: the right answer, '%s', is %s", fields->origin,
                                 fields->line, right, n ? "there twice" : "none of the answers");
}

bool dataset_answer_read(Example *example, const DatasetFields *fields, Arena *scratch, Error *err)
{
    const DatasetManifest *m = fields->manifest;
    if (m->table.candidates) return true; /* the passage has said it */
    if (!fields->labelled || !dataset_form_has_answers((DatasetForm)m->form)) return true;
    const char *word = fields->label, *column = m->table.label;
    if (!word)
        word = fields->field[dataset_manifest_column(fields->columns, column, strlen(column))];
    if (m->form == DATASET_REGRESSION) return read_target(&example->target, fields, word, err);
    const int first = dataset_form_first_answer((DatasetForm)m->form);
    const bool choice = first > 0;
    if (choice && m->table.label_words.n == 0)
        return find_answer(&example->label, example, first, fields, word, err);
    size_t n_labels = choice ? (size_t)dataset_manifest_answers(m) : dataset_manifest_labels(m)->n;
    if (!read_word(&example->label, fields, word, n_labels, scratch, err)) return false;
    return !choice || first + example->label < example->n_texts ||
           error_usage(err, "%s:%d: '%s' is right, but the row has only %d answers", fields->origin,
                       fields->line, word, example->n_texts - first);
}
