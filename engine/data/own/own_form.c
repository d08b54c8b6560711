#include "data/own/own_form.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "data/dataset/dataset_manifest.h"

enum { MOST_CLASSES = 100 };

typedef struct Forming {
    const OwnColumns *columns;
    const OwnColumn *label;
    const char *path;
    Error *err;
} Forming;

/* --- what is said by names ------------------------------------------------------------------------ */

static bool holds(const char *text, const char *const *parts)
{
    for (; *parts; parts++)
        if (strcasestr(text, *parts)) return true;
    return false;
}

/* Labels or columns that speak of an order, as a premise and what follows from it. */
static bool speaks_of_entailment(const OwnColumns *columns)
{
    static const char *const parts[] = {"entail",  "contradict", "neutral",
                                        "premise", "hypothes",   NULL};
    const OwnColumn *label = &columns->items[columns->label];
    bool speaks = label->n_values == 3;
    for (size_t i = 0; i < label->n_values; i++) speaks |= holds(label->value[i], parts);
    for (int t = 0; t < 2; t++) speaks |= holds(columns->items[columns->text[t]].name, parts);
    return speaks;
}

/* --- what cannot be learnt ------------------------------------------------------------------------ */

static bool check_empty(const Forming *f)
{
    const OwnColumns *columns = f->columns;
    bool fine = true;
    for (int i = 0; i <= columns->n_texts; i++) {
        const OwnColumn *column =
            &columns->items[i < columns->n_texts ? columns->text[i] : columns->label];
        if (column->n_empty == 0) continue;
        error_usage(f->err, "%s:%d: column '%s' is empty", column->empty_file, column->empty_line,
                    column->name);
        fine = column->n_empty == 1
                   ? error_hint(f->err, "fill it, or remove the row")
                   : error_hint(f->err,
                                "fill or remove the %zu rows in which it is, of which this "
                                "is the first",
                                column->n_empty);
    }
    return fine;
}

static bool check_classes(const Forming *f)
{
    const OwnColumn *label = f->label;
    if (label->n_values == 1) {
        error_usage(f->err,
                    "%s: every row has the label '%s' in column '%s': there is nothing to "
                    "tell apart",
                    f->path, label->value[0], label->name);
        return error_hint(f->err, "rows of at least two labels, or --label with another column");
    }
    if (label->n_values <= MOST_CLASSES && label->n_values * 2 <= f->columns->n_rows) return true;
    error_usage(f->err, "%s: column '%s' has %zu different values in %zu rows, too many for labels",
                f->path, label->name, label->n_values, f->columns->n_rows);
    return error_hint(f->err, "--label with another column");
}

static bool check_targets(const Forming *f)
{
    if (!f->label->numeric) {
        error_usage(f->err, "%s: form regression asks for numbers, but column '%s' has others",
                    f->path, f->label->name);
        return error_hint(f->err, "--label with a column of numbers");
    }
    if (f->label->n_values < 2)
        return error_usage(f->err, "%s: column '%s' has the same number in every row", f->path,
                           f->label->name);
    if (f->label->low < -DATASET_MOST_TARGET || f->label->high > DATASET_MOST_TARGET) {
        error_usage(f->err, "%s: column '%s' has numbers from %g to %g, too large to be estimated",
                    f->path, f->label->name, f->label->low, f->label->high);
        return error_hint(f->err, "give them in another unit: %.0f at most", DATASET_MOST_TARGET);
    }
    if (f->columns->n_texts == 2) return true;
    error_usage(f->err,
                "%s: column '%s' holds numbers to be estimated, which form regression does of two "
                "texts, and there is one",
                f->path, f->label->name);
    return error_hint(f->err,
                      "--text-b with a second text; or sort the numbers into a few classes, "
                      "in a column of its own, and name it with --label");
}

/* --- the choice ----------------------------------------------------------------------------------- */

static bool take(DatasetForm *form, const char *asked, Arena *arena, Error *err)
{
    static const char *const known[] = {"classification", "entailment", "similarity", "regression"};
    enum { N = sizeof known / sizeof *known };
    for (int i = 0; i < N; i++)
        for (int k = 0; dataset_form_words[k] && !strcmp(asked, known[i]); k++)
            if (!strcmp(asked, dataset_form_words[k])) {
                *form = (DatasetForm)k;
                return true;
            }
    error_usage(err, "--form: '%s' is no form of rows that can be added", asked);
    return spec_suggest_hint(&(SpecReader){"command line", arena, err}, asked, known, N);
}

static OwnForm look(const OwnColumns *columns)
{
    if (own_columns_are_targets(&columns->items[columns->label], columns->n_rows))
        return (OwnForm){DATASET_REGRESSION, "a number for two texts", NULL};
    if (columns->n_texts == 1)
        return (OwnForm){DATASET_CLASSIFICATION, "a class of one text", NULL};
    if (speaks_of_entailment(columns))
        return (OwnForm){DATASET_ENTAILMENT, "a class of two texts, in their order",
                         "similarity, if their order says nothing"};
    return (OwnForm){DATASET_SIMILARITY, "a class of two texts, in no order",
                     "entailment, if their order matters"};
}

static bool check_texts(const Forming *f, DatasetForm form)
{
    const int wanted = form == DATASET_CLASSIFICATION ? 1 : 2;
    if (form == DATASET_REGRESSION || f->columns->n_texts == wanted) return true;
    error_usage(f->err, "%s: form %s is of %s, and %s", f->path, dataset_form_words[form],
                wanted == 1 ? "one text" : "two texts",
                wanted == 1 ? "two columns look like one" : "there is one");
    return error_hint(f->err, wanted == 1 ? "--text COLUMN" : "--text COLUMN --text-b COLUMN");
}

bool own_form_choose(OwnForm *form, const OwnColumns *columns, const OwnAsked *asked,
                     const char *path, Arena *arena, Error *err)
{
    const Forming forming = {columns, &columns->items[columns->label], path, err};
    *form = look(columns);
    if (asked->form) {
        *form = (OwnForm){.why = "as asked"};
        if (!take(&form->form, asked->form, arena, err)) return false;
    }
    bool fine = check_empty(&forming);
    fine &= check_texts(&forming, form->form);
    return (form->form == DATASET_REGRESSION ? check_targets(&forming) : check_classes(&forming)) &&
           fine;
}
