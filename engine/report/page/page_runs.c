#include "report/page/page_runs.h"

#include <string.h>

#include "analysis/cell_words.h"
#include "base/markdown.h"

/* --- selection ---------------------------------------------------------------------------------- */

static bool write_candidate(Buffer *page, const Experiment *experiment, const char *label,
                            Error *err)
{
    const char *words = cell_words_candidate(experiment, label, page->arena, err);
    return words && markdown_format(page, err, "%s", words);
}

/* learning rate 0.0003 (58.7, 61.2): the scores are those of the candidates, in their order. */
static bool write_choice(Buffer *page, const Experiment *experiment,
                         const NumbersSelection *selection, Error *err)
{
    if (!buffer_add_char(page, ' ', err) ||
        !write_candidate(page, experiment, selection->chosen, err) ||
        !buffer_add_text(page, " (", err))
        return false;
    for (size_t i = 0; i < selection->candidates.n; i++)
        if (!buffer_format(page, err, "%s%.1f", i ? ", " : "",
                           100 * selection->validation.items[i]))
            return false;
    return buffer_add_text(page, ") |", err);
}

static bool write_candidates(Buffer *page, const Experiment *experiment, const TextList *candidates,
                             Error *err)
{
    for (size_t i = 0; i < candidates->n; i++)
        if ((i > 0 && !buffer_add_text(page, "; ", err)) ||
            !write_candidate(page, experiment, candidates->text[i], err))
            return false;
    return true;
}

/* Which seeds selected. */
static bool write_seeds(Buffer *page, const Experiment *experiment, Error *err)
{
    const size_t n = (size_t)experiment->select_seeds;
    if (n == 0 || n >= experiment->seeds.n)
        return buffer_add_text(page, "mean validation score over the seeds", err);
    if (n == 1)
        return buffer_add_text(page,
                               "validation score with the first seed; the other seeds were run for "
                               "the chosen one alone",
                               err);
    return buffer_format(page, err,
                         "mean validation score over the first %zu seeds; the other seeds were run "
                         "for the chosen one alone",
                         n);
}

static bool write_selection(Buffer *page, const Result *result, Error *err)
{
    const Numbers *numbers = result->numbers;
    const NumbersTask *task = numbers->tasks.items;
    const NumbersSelection *selections = numbers->selections.items;
    if (numbers->selections.n == 0) return true;
    if (!buffer_add_text(page,
                         "\n## What was selected\n\nFor each cell and task the candidate with the "
                         "best ",
                         err) ||
        !write_seeds(page, result->experiment, err) ||
        !buffer_add_text(page, "; every cell had the same candidates (", err) ||
        !write_candidates(page, result->experiment, &selections->candidates, err) ||
        !buffer_add_text(page,
                         "), whose validation scores × 100 stand behind the chosen one. Test "
                         "examples were scored for no other.\n\n| |",
                         err))
        return false;
    for (size_t t = 0; t < numbers->tasks.n; t++)
        if (!markdown_format(page, err, " %s |", task[t].name)) return false;
    if (!buffer_add_text(page, "\n|---|", err)) return false;
    for (size_t t = 0; t < numbers->tasks.n; t++)
        if (!buffer_add_text(page, "---|", err)) return false;
    for (size_t c = 0; c < numbers->cells.n; c++) {
        if (!markdown_format(page, err, "\n| %s |", numbers->cells.text[c])) return false;
        for (size_t t = 0; t < numbers->tasks.n; t++) {
            const NumbersSelection *selection =
                numbers_selection(numbers, numbers->cells.text[c], task[t].name);
            if (!(selection ? write_choice(page, result->experiment, selection, err)
                            : buffer_add_text(page, " |", err)))
                return false;
        }
    }
    return buffer_add_char(page, '\n', err);
}

/* --- truncation --------------------------------------------------------------------------------- */

static bool same_counts(const NumbersTruncation *a, const NumbersTruncation *b)
{
    return !strcmp(a->task, b->task) && a->train_sequences == b->train_sequences &&
           a->train_truncated == b->train_truncated &&
           a->validation_truncated == b->validation_truncated &&
           a->test_sequences == b->test_sequences && a->test_truncated == b->test_truncated;
}

/* A row of its own only where no earlier cell had the same counts. */
static bool is_first(const Numbers *numbers, size_t i)
{
    const NumbersTruncation *row = numbers->truncations.items;
    for (size_t k = 0; k < i; k++)
        if (same_counts(&row[k], &row[i])) return false;
    return true;
}

static bool write_truncated(Buffer *page, const NumbersTruncation *row, Error *err)
{
    return buffer_format(page, err, "%lld of %lld training, %lld of %lld validation",
                         (long long)row->train_truncated, (long long)row->train_sequences,
                         (long long)row->validation_truncated,
                         (long long)row->validation_sequences) &&
           buffer_format(page, err, " and %lld of %lld test sequences",
                         (long long)row->test_truncated, (long long)row->test_sequences);
}

static bool write_truncation(Buffer *page, const Result *result, Error *err)
{
    const Numbers *numbers = result->numbers;
    const NumbersTruncation *row = numbers->truncations.items;
    if (numbers->truncations.n == 0) return true;
    if (!buffer_add_text(page,
                         "\n## What was cut\n\nSequences longer than the model's context lost "
                         "tokens:\n\n",
                         err))
        return false;
    for (size_t i = 0; i < numbers->truncations.n; i++) {
        if (!is_first(numbers, i)) continue;
        bool all = true; /* cells */
        for (size_t k = 0; k < numbers->truncations.n; k++)
            all &= strcmp(row[k].task, row[i].task) != 0 || same_counts(&row[k], &row[i]);
        if (!markdown_format(page, err, "- %s", row[i].task) ||
            (!all && !markdown_format(page, err, ", %s", row[i].cell)) ||
            !buffer_add_text(page, ": ", err) || !write_truncated(page, &row[i], err) ||
            !buffer_add_char(page, '\n', err))
            return false;
    }
    return true;
}

/* --- degenerate runs ---------------------------------------------------------------------------- */

static bool write_degenerate(Buffer *page, const Result *result, Error *err)
{
    const NumbersScore *score = result->numbers->scores.items;
    bool first = true;
    for (size_t i = 0; i < result->numbers->scores.n; i++) {
        if (score[i].degenerate == 0 || !strcmp(score[i].task, NUMBERS_ALL_TASKS)) continue;
        if (first && !buffer_add_text(page,
                                      "\n## Runs that say little\n\nThese gave every test example "
                                      "the same answer, or one on which the metric is undefined; "
                                      "their scores count as they are:\n\n",
                                      err))
            return false;
        first = false;
        if (!markdown_format(page, err, "- %s, %s: %lld of %lld seeds\n", score[i].cell,
                             score[i].task, (long long)score[i].degenerate,
                             (long long)score[i].seeds))
            return false;
    }
    return true;
}

bool page_runs(Buffer *page, const Result *result, Error *err)
{
    return write_selection(page, result, err) && write_truncation(page, result, err) &&
           write_degenerate(page, result, err);
}
