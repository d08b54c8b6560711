#include "report/page/page_samples.h"

#include <string.h>

#include "analysis/cell_objective.h"
#include "base/file.h"
#include "base/markdown.h"
#include "learner/objectives.h"
#include "question/experiment_cells.h"
#include "report/page/page_architecture.h"

static const char heading[] = "\n## What the language model writes\n",
                  after[] = "\n## Doing it again\n";

/* One word of indented text: on the line at hand while that is at most 96 long, else on the next. */
static bool write_word(Buffer *page, size_t *column, const char *word, size_t length, Error *err)
{
    enum { LINE = 96 };
    bool fits = *column + 1 + length <= LINE;
    const char *before = *column == 0 ? "    " : fits ? " " : "\n    ";
    *column = *column > 0 && fits ? *column + 1 + length : length;
    return buffer_add_text(page, before, err) && buffer_add(page, word, length, err);
}

/* Indented, so that nothing in the text is taken for Markdown. White space at its end is left out; control
 * characters, of which some end lines and so the indentation, are spaces. */
static bool write_wrapped(Buffer *page, const char *text, Error *err)
{
    static const char white[] =
        " \n\t\v\f\r\001\002\003\004\005\006\007\010\016\017\020\021\022\023"
        "\024\025\026\027\030\031\032\033\034\035\036\037\177";
    size_t size = strlen(text), column = 0;
    while (size > 0 && strchr(white, text[size - 1])) size--;
    for (const char *word = text; word < text + size;) {
        size_t length = strcspn(word, white);
        if (length && !write_word(page, &column, word, length, err)) return false;
        word += length;
        if (word < text + size && *word == '\n') {
            if (!buffer_add_char(page, '\n', err)) return false;
            column = 0;
        }
        word++;
    }
    return buffer_add_char(page, '\n', err);
}

static const Architecture *architecture_of_model(const Result *result, const ResultModel *model)
{
    return page_architecture_of(experiment_cells_find(result->experiment, model->cell));
}

/* NULL: each token given those before it. */
static const char *writing_of(const Result *result, const ResultModel *model)
{
    const Architecture *architecture = architecture_of_model(result, model);
    return architecture ? objectives_of(architecture)->writing : NULL;
}

/* Where all write each token given those before it, nothing is said. */
static bool write_way(Buffer *page, const Result *result, const ResultModel *model, Error *err)
{
    const ResultModel *other = result->models.items;
    bool all_alike = true;
    for (size_t i = 0; i < result->models.n; i++) all_alike &= !writing_of(result, &other[i]);
    if (all_alike) return true;
    const char *writing = writing_of(result, model);
    return buffer_format(page, err, ", %s", writing ? writing : "each given those before it");
}

/* What a perplexity is of where that is not next tokens. */
static bool write_asked(Buffer *page, const Result *result, const ResultModel *model, Error *err)
{
    const int objective = cell_objective(result->experiment, model->cell);
    return objective <= 0 || buffer_format(page, err, ", of %s", objectives_at(objective)->asked);
}

/* A language model's sums, up to where its words begin. */
static bool write_model(Buffer *page, const Result *result, const ResultModel *model,
                        const NumbersPretrain *pretrain, Error *err)
{
    const double bits = model->bits_per_byte;
    return markdown_format(page, err,
                           "\nPre-training of \"%s\": %lld parameters, %lld tokens, held-out "
                           "perplexity ",
                           model->cell, (long long)pretrain->parameters,
                           (long long)pretrain->tokens) &&
           buffer_format(page, err, "%.1f", pretrain->held_out_perplexity) &&
           (bits == 0 || buffer_format(page, err, " a token, %.3f bits a byte", bits)) &&
           write_asked(page, result, model, err) &&
           buffer_add_text(page,
                           ". Its words after a given [beginning], at temperature 0.8 among the 40 "
                           "likeliest tokens",
                           err) &&
           write_way(page, result, model, err) && buffer_add_text(page, ":\n\n", err);
}

static bool write_gibbs(Buffer *page, const ResultModel *model, Error *err)
{
    return !model->gibbs ||
           (buffer_format(page, err,
                          "\nThe same model by Gibbs sampling (Wang and Cho 2019): all words are "
                          "masks at first, then each is guessed anew %lld times, given all others, "
                          "those behind it too:\n\n",
                          (long long)model->gibbs_sweeps) &&
            write_wrapped(page, model->gibbs, err));
}

/* Results of before there were `models` in result.json. */
static bool take_over(Buffer *page, const Result *result, Error *err)
{
    char *bytes, *path = file_join(result->arena, result->folder, RESULT_PAGE_FILE, err);
    size_t size;
    if (!path) return false;
    if (!file_exists(path)) return true;
    if (!file_read(&bytes, &size, path, result->arena, err)) return false;
    const char *begin = strstr(bytes, heading), *end = begin ? strstr(begin, after) : NULL;
    return !end || buffer_add(page, begin, (size_t)(end - begin), err);
}

bool page_samples(Buffer *page, const Result *result, Error *err)
{
    const ResultModel *model = result->models.items;
    bool first = true;
    if (!result->models.n) return take_over(page, result, err);
    for (size_t i = 0; i < result->models.n; i++) {
        const NumbersPretrain *pretrain = numbers_pretrain(result->numbers, model[i].cell);
        if (!model[i].sample || !pretrain) continue;
        if ((first && !buffer_add_text(page, heading, err)) ||
            !write_model(page, result, &model[i], pretrain, err) ||
            !write_wrapped(page, model[i].sample, err) || !write_gibbs(page, &model[i], err))
            return false;
        first = false;
    }
    return true;
}
