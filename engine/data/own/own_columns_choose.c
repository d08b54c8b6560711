/* Which columns are the texts and which the label. */
#include "data/own/own_columns.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/control.h"
#include "data/own/own_excerpt.h"

enum { MOST_CLASSES = 50 };
static const double LEAST_WORDS = 1.5;

typedef struct Choosing {
    OwnColumns *columns;
    const OwnAsked *asked;
    const char *path;
    Arena *arena;
    Error *err;
} Choosing;

/* --- by name ------------------------------------------------------------------------------------ */

static int find(const OwnColumns *columns, const char *name)
{
    for (size_t c = 0; c < columns->n; c++)
        if (!strcmp(columns->items[c].name, name)) return (int)c;
    for (size_t c = 0; c < columns->n; c++)
        if (!strcasecmp(columns->items[c].name, name)) return (int)c;
    return -1;
}

/* A column by its name, or by its number from 1. */
static bool take(int *column, const Choosing *choosing, const char *option, const char *asked)
{
    const OwnColumns *columns = choosing->columns;
    *column = find(columns, asked);
    char *end;
    const long number = strtol(asked, &end, 10);
    if (*column < 0 && end != asked && !*end && number >= 1 && (size_t)number <= columns->n)
        *column = (int)number - 1;
    if (*column >= 0) return true;
    const char **names = arena_alloc(choosing->arena, columns->n, sizeof *names, choosing->err);
    if (!names) return false;
    for (size_t c = 0; c < columns->n; c++) names[c] = columns->items[c].name;
    error_usage(choosing->err, "%s: %s: no column '%s'", choosing->path, option, asked);
    return spec_suggest_hint(&(SpecReader){choosing->path, choosing->arena, choosing->err}, asked,
                             names, columns->n);
}

/* --- errors ------------------------------------------------------------------------------------- */

/* With a line for each column: what it holds. */
static bool refuse(const Choosing *choosing, const char *what, const char *hint)
{
    const OwnColumns *columns = choosing->columns;
    Buffer overview = buffer_create(choosing->arena);
    if (!buffer_add_text(&overview, "", choosing->err)) return false;
    for (size_t c = 0; c < columns->n; c++) {
        const OwnColumn *column = &columns->items[c];
        const char *what_kind = column->numeric ? "number" : "value";
        if (!buffer_format(&overview, choosing->err, "\n  column %zu, '%s': %zu %s%s%s in %zu rows",
                           c + 1, column->name, column->n_values,
                           column->n_values == 1 ? "" : "different ", what_kind,
                           column->n_values == 1 ? "" : "s", columns->n_rows) ||
            (column->n_values > 0 && !(buffer_add_text(&overview, ", such as ", choosing->err) &&
                                       own_excerpt(&overview, column->value[0], choosing->err))))
            return false;
    }
    error_usage(choosing->err, "%s: %s%s", choosing->path, what, overview.data);
    return error_hint(choosing->err, "%s", hint);
}

/* --- the label ---------------------------------------------------------------------------------- */

/* "2018-06-11", "11.6.2018", "9:30:00": digits with two marks between them. */
static bool is_moment(const char *value)
{
    size_t n_marks = 0;
    for (const char *c = value; *c; c++) n_marks += strchr("-/.:", *c) != NULL;
    return n_marks >= 2 && value[0] != '-' && value[strspn(value, "0123456789-/.: TZ")] == '\0';
}

static bool are_moments(const OwnColumn *column)
{
    for (size_t v = 0; v < column->n_values; v++)
        if (!is_moment(column->value[v])) return false;
    return column->n_values > 0;
}

static bool may_be_classes(const OwnColumns *columns, const OwnColumn *column)
{
    return column->n_values >= 2 && column->n_values <= MOST_CLASSES &&
           column->n_values * 2 <= columns->n_rows && column->words < 2 * LEAST_WORDS &&
           !own_columns_are_targets(column, columns->n_rows) && !are_moments(column);
}

static bool may_be_targets(const OwnColumns *columns, const OwnColumn *column)
{
    return own_columns_are_targets(column, columns->n_rows);
}

/* How many are such, and the last of them. */
static int count_such(int *column, const OwnColumns *columns,
                      bool (*such)(const OwnColumns *, const OwnColumn *))
{
    int n = 0;
    for (size_t c = 0; c < columns->n; c++)
        if (such(columns, &columns->items[c])) {
            *column = (int)c;
            n++;
        }
    return n;
}

static bool refuse_several(const Choosing *choosing,
                           bool (*such)(const OwnColumns *, const OwnColumn *))
{
    const OwnColumns *columns = choosing->columns;
    Buffer what = buffer_create(choosing->arena);
    if (!buffer_add_text(&what, "more than one column could be the label:", choosing->err))
        return false;
    for (size_t c = 0, n = 0; c < columns->n; c++)
        if (such(columns, &columns->items[c]) &&
            !buffer_format(&what, choosing->err, "%s '%s'", n++ ? "," : "", columns->items[c].name))
            return false;
    return refuse(choosing, what.data, "--label COLUMN");
}

static bool choose_label(const Choosing *choosing)
{
    static const char *const names[] = {"label",    "gold_label", "labels",    "class",
                                        "category", "target",     "sentiment", "stance",
                                        "polarity", "intent",     "topic",     "score",
                                        "rating",   "similarity", "stars",     "y"};
    OwnColumns *columns = choosing->columns;
    int *label = &columns->label;
    if (choosing->asked->label) return take(label, choosing, "--label", choosing->asked->label);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if ((*label = find(columns, names[i])) >= 0) return true;
    bool (*such)(const OwnColumns *, const OwnColumn *) = may_be_classes;
    int n = count_such(label, columns, such);
    if (n == 0) n = count_such(label, columns, such = may_be_targets);
    if (n == 1) return true;
    if (n > 1) return refuse_several(choosing, such);
    return refuse(choosing,
                  "no column looks like a label: a few values that come again, or numbers with "
                  "decimals",
                  "--label COLUMN, if one is; a column needs two different labels at least");
}

/* --- the texts ---------------------------------------------------------------------------------- */

static bool are_pair(const Choosing *choosing)
{
    static const char *const pairs[][2] = {
        {"premise", "hypothesis"},  {"sentence1", "sentence2"},   {"sentence_1", "sentence_2"},
        {"question1", "question2"}, {"question_1", "question_2"}, {"text1", "text2"},
        {"text_a", "text_b"},       {"sentence_a", "sentence_b"},
    };
    OwnColumns *columns = choosing->columns;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const int a = find(columns, pairs[i][0]), b = find(columns, pairs[i][1]);
        if (a < 0 || b < 0 || a == columns->label || b == columns->label) continue;
        columns->text[0] = a;
        columns->text[1] = b;
        columns->n_texts = 2;
        return true;
    }
    return false;
}

static bool is_called_text(const Choosing *choosing)
{
    static const char *const names[] = {"text",    "sentence", "review",
                                        "comment", "message",  "tweet"};
    OwnColumns *columns = choosing->columns;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        columns->text[0] = find(columns, names[i]);
        if (columns->text[0] < 0 || columns->text[0] == columns->label) continue;
        columns->n_texts = 1;
        return true;
    }
    return false;
}

static bool has_sentences(const OwnColumns *columns, const OwnColumn *column)
{
    (void)columns;
    return !column->numeric && column->words >= LEAST_WORDS;
}

static bool has_words(const OwnColumns *columns, const OwnColumn *column)
{
    (void)columns;
    return !column->numeric;
}

/* Columns that are such, but for the label: at most two are texts. */
static int collect(OwnColumns *columns, bool (*such)(const OwnColumns *, const OwnColumn *))
{
    int n = 0;
    for (size_t c = 0; c < columns->n; c++)
        if ((int)c != columns->label && such(columns, &columns->items[c])) {
            if (n < 2) columns->text[n] = (int)c;
            n++;
        }
    columns->n_texts = n < 2 ? n : 2;
    return n;
}

static bool take_texts(const Choosing *choosing)
{
    const OwnAsked *asked = choosing->asked;
    OwnColumns *columns = choosing->columns;
    columns->n_texts = asked->text_b ? 2 : 1;
    return take(&columns->text[0], choosing, "--text", asked->text) &&
           (!asked->text_b || take(&columns->text[1], choosing, "--text-b", asked->text_b));
}

static bool choose_texts(const Choosing *choosing)
{
    const OwnAsked *asked = choosing->asked;
    if (asked->text) return take_texts(choosing);
    if (asked->text_b) {
        error_usage(choosing->err, "--text-b, the second text, is given without --text");
        return error_hint(choosing->err, "--text COLUMN --text-b COLUMN");
    }
    if (are_pair(choosing) || is_called_text(choosing)) return true;
    int n = collect(choosing->columns, has_sentences);
    if (n == 0) n = collect(choosing->columns, has_words);
    if (n == 1 || n == 2) return true;
    return refuse(choosing,
                  n ? "more than two columns could be texts" : "no column looks like a text",
                  "--text COLUMN, and --text-b COLUMN where two texts belong together");
}

/* --- what manifests can name -------------------------------------------------------------------- */

static bool is_alone(const OwnColumns *columns, int column)
{
    for (size_t c = 0; c < columns->n; c++)
        if ((int)c != column && !strcmp(columns->items[c].name, columns->items[column].name))
            return false;
    return true;
}

static bool check_column(const Choosing *choosing, int column)
{
    const OwnColumns *columns = choosing->columns;
    const char *name = columns->items[column].name;
    if (!*name || strpbrk(name, "+?") || control_find(name, false)) {
        error_usage(choosing->err, "%s: column %d is called '%s', which a manifest cannot name",
                    choosing->path, column + 1, name);
        return error_hint(choosing->err,
                          "rename it in the file's first line: words without + and ?");
    }
    if (is_alone(columns, column)) return true;
    error_usage(choosing->err, "%s: two columns are called '%s'", choosing->path, name);
    return error_hint(choosing->err, "rename one of them in the file's first line");
}

static bool check_chosen(const Choosing *choosing)
{
    const OwnColumns *columns = choosing->columns;
    bool fine = check_column(choosing, columns->label);
    for (int t = 0; t < columns->n_texts; t++) {
        fine &= check_column(choosing, columns->text[t]);
        if (columns->text[t] != columns->label && (t == 0 || columns->text[t] != columns->text[0]))
            continue;
        error_usage(choosing->err, "%s: column '%s' is taken twice", choosing->path,
                    columns->items[columns->text[t]].name);
        fine = error_hint(choosing->err, "--text, --text-b and --label are different columns");
    }
    return fine;
}

bool own_columns_choose(OwnColumns *columns, const OwnAsked *asked, const char *path, Arena *arena,
                        Error *err)
{
    const Choosing choosing = {columns, asked, path, arena, err};
    return choose_label(&choosing) && choose_texts(&choosing) && check_chosen(&choosing);
}
