#include "experiment/predict_words.h"

#include <string.h>

#include "base/json.h"
#include "base/wrap.h"
#include "base/columns.h"

static const double PERCENT = 100;

static DatasetForm form_of(const PredictWords *said)
{
    return said->models->task->info->form;
}

static bool is_choice(const PredictWords *said)
{
    return form_of(said) == DATASET_MULTIPLE_CHOICE;
}

/* Texts of an example that stand in every row: of a choice the context alone. */
static int n_texts(const PredictWords *said)
{
    if (is_choice(said)) return 1;
    return said->answers->examples->items[0].n_texts;
}

/* Probabilities of the row that has the most. */
static int most_probabilities(const PredictAnswers *answers)
{
    int most = 0;
    for (size_t e = 0; e < answers->examples->n; e++) {
        const int n = answers->first[e + 1] - answers->first[e];
        if (n > most) most = n;
    }
    return most;
}

/* The word of a class; of a choice the answer's number from 0, as in exported predictions. */
static const char *word_of(const PredictWords *said, int class, Arena *arena, Error *err)
{
    const DatasetInfo *info = said->models->task->info;
    return is_choice(said) || !info->label_names ? arena_format(arena, err, "%d", class)
                                                 : info->label_names[class];
}

/* A text as one line. */
static const char *one_line(const char *text, Arena *arena, Error *err)
{
    char *line = arena_text(arena, text, err);
    for (char *c = line; c && *c; c++)
        if (strchr("\t\r\n", *c)) *c = ' ';
    return line;
}

/* --- for programs --------------------------------------------------------------------------------- */

static bool add_heads(Columns *columns, const PredictWords *said, int n, Error *err)
{
    TextList names;
    if (!dataset_texts_names(&names, form_of(said), 0, columns->arena, err) ||
        !columns_add(columns, "id", err) || !columns_add(columns, "prediction", err))
        return false;
    for (int k = 0; k < n; k++)
        if (!columns_add(columns, word_of(said, k, columns->arena, err), err)) return false;
    for (size_t t = 0; t < names.n; t++)
        if (!columns_add(columns, names.text[t], err)) return false;
    return true;
}

static bool add_row(Columns *columns, const PredictWords *said, size_t e, int n_columns, Error *err)
{
    const PredictAnswers *answers = said->answers;
    const Example *example = &answers->examples->items[e];
    const double *probability = answers->probability + answers->first[e];
    const int n = answers->first[e + 1] - answers->first[e];
    if (!columns_add(columns, example->id, err) ||
        !(n > 0 ? columns_add(columns,
                              word_of(said, (int)answers->predicted[e], columns->arena, err), err)
                : columns_format(columns, err, "%.17g", answers->predicted[e])))
        return false;
    for (int k = 0; k < n_columns; k++)
        if (!(k < n ? columns_format(columns, err, "%.17g", probability[k])
                    : columns_add(columns, "", err)))
            return false;
    for (int t = 0; t < n_texts(said); t++)
        if (!columns_add(columns, example->text[t], err)) return false;
    return true;
}

bool predict_words_tsv(Buffer *text, const PredictWords *said, Error *err)
{
    const int n = most_probabilities(said->answers);
    Columns columns = columns_create(2 + (size_t)n + (size_t)n_texts(said), text->arena);
    if (!add_heads(&columns, said, n, err)) return false;
    for (size_t e = 0; e < said->answers->examples->n; e++)
        if (!add_row(&columns, said, e, n, err)) return false;
    return columns_write(text, &columns, 0, err);
}

/* Of classes by their words, of answers a list. */
static Json *probabilities(const PredictWords *said, size_t e, Arena *arena, Error *err)
{
    const PredictAnswers *answers = said->answers;
    const bool choice = is_choice(said);
    Json *json = choice ? json_new_list(arena, err) : json_new_object(arena, err);
    for (int k = answers->first[e]; json && k < answers->first[e + 1]; k++) {
        Json *value = json_new_number(answers->probability[k], arena, err);
        const char *word = word_of(said, k - answers->first[e], arena, err);
        if (!word || !(choice ? json_add(json, value, err) : json_set(json, word, value, err)))
            return NULL;
    }
    return json;
}

static Json *prediction(const PredictWords *said, size_t e, Arena *arena, Error *err)
{
    const double value = said->answers->predicted[e];
    if (form_of(said) == DATASET_REGRESSION) return json_new_number(value, arena, err);
    if (is_choice(said)) return json_new_integer((int64_t)value, arena, err);
    return json_new_text(word_of(said, (int)value, arena, err), arena, err);
}

static bool add_json(Buffer *text, const PredictWords *said, size_t e, Error *err)
{
    Arena *arena = text->arena;
    const Example *example = &said->answers->examples->items[e];
    Json *json = json_new_object(arena, err), *texts = json_new_list(arena, err);
    if (!json || !texts) return false;
    for (int t = 0; t < example->n_texts; t++)
        if (!json_add(texts, json_new_text(example->text[t], arena, err), err)) return false;
    if (!json_set_text(json, "id", example->id, arena, err) ||
        !json_set(json, "texts", texts, err) ||
        !json_set(json, "prediction", prediction(said, e, arena, err), err))
        return false;
    if (form_of(said) != DATASET_REGRESSION &&
        !json_set(json, "probabilities", probabilities(said, e, arena, err), err))
        return false;
    const char *line = json_canonical(json, arena, err);
    return line && buffer_format(text, err, "%s\n", line);
}

bool predict_words_json(Buffer *text, const PredictWords *said, Error *err)
{
    for (size_t e = 0; e < said->answers->examples->n; e++)
        if (!add_json(text, said, e, err)) return false;
    return true;
}

/* --- for people ----------------------------------------------------------------------------------- */

/* What there was to choose from, the likeliest first. */
static bool add_list(Buffer *text, const PredictWords *said, size_t e, size_t width, Error *err)
{
    Arena *arena = text->arena;
    const PredictAnswers *answers = said->answers;
    const Example *example = &answers->examples->items[e];
    const double *probability = answers->probability + answers->first[e];
    const int n = answers->first[e + 1] - answers->first[e];
    Columns columns = columns_create(2, arena);
    bool *listed = arena_alloc(arena, (size_t)n, sizeof *listed, err);
    if (!listed || !columns_add(&columns, "", err) || !columns_add(&columns, "", err)) return false;
    for (int i = 0; i < n; i++) {
        int best = 0;
        while (listed[best]) best++;
        for (int k = best + 1; k < n; k++)
            if (!listed[k] && probability[k] > probability[best]) best = k;
        listed[best] = true;
        const char *word = is_choice(said) ? one_line(example->text[1 + best], arena, err)
                                           : word_of(said, best, arena, err);
        if (!word || !columns_format(&columns, err, "%.1f %%", PERCENT * probability[best]) ||
            !columns_add(&columns, word, err))
            return false;
    }
    return columns_write(text, &columns, width, err);
}

/* Choices have answers of their own: a list each, below its context where there are several. */
static bool add_lists(Buffer *text, const PredictWords *said, size_t width, Error *err)
{
    const Examples *examples = said->answers->examples;
    for (size_t e = 0; e < examples->n; e++) {
        const char *context = one_line(examples->items[e].text[0], text->arena, err);
        if (!context || (e > 0 && !buffer_add_char(text, '\n', err)) ||
            (examples->n > 1 && !wrap_add(text, "", context, 0, width, err)) ||
            !add_list(text, said, e, width, err))
            return false;
    }
    return true;
}

/* "the first text | the second". */
static const char *texts_of(const Example *example, Arena *arena, Error *err)
{
    Buffer text = buffer_create(arena);
    for (int t = 0; t < example->n_texts; t++)
        if (!buffer_format(&text, err, "%s%s", t ? " | " : "", example->text[t])) return NULL;
    return one_line(text.data, arena, err);
}

static bool add_table_row(Columns *columns, const PredictWords *said, size_t e, Error *err)
{
    const PredictAnswers *answers = said->answers;
    const int first = answers->first[e], n = answers->first[e + 1] - first;
    const char *texts = texts_of(&answers->examples->items[e], columns->arena, err);
    for (int k = 0; k < n; k++)
        if (!columns_format(columns, err, "%.1f", PERCENT * answers->probability[first + k]))
            return false;
    return texts &&
           (n > 0 ? columns_add(columns,
                                word_of(said, (int)answers->predicted[e], columns->arena, err), err)
                  : columns_format(columns, err, "%.3f", answers->predicted[e])) &&
           columns_add(columns, texts, err);
}

static bool add_table(Buffer *text, const PredictWords *said, size_t width, Error *err)
{
    const int n = most_probabilities(said->answers);
    Columns columns = columns_create((size_t)n + 2, text->arena);
    for (int k = 0; k < n; k++) {
        const char *word = word_of(said, k, text->arena, err);
        if (!word || !columns_format(&columns, err, "%s %%", word)) return false;
    }
    if (!columns_add(&columns, "answer", err) || !columns_add(&columns, "text", err)) return false;
    for (size_t e = 0; e < said->answers->examples->n; e++)
        if (!add_table_row(&columns, said, e, err)) return false;
    return columns_write(text, &columns, width, err);
}

bool predict_words_terminal(Buffer *text, const PredictWords *said, size_t width, Error *err)
{
    const bool one = said->answers->examples->n == 1;
    if (is_choice(said)) return add_lists(text, said, width, err);
    if (one && form_of(said) == DATASET_REGRESSION)
        return buffer_format(text, err, "%.3f\n", said->answers->predicted[0]);
    return one ? add_list(text, said, 0, width, err) : add_table(text, said, width, err);
}
