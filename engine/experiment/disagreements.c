#include "experiment/disagreements.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/wrap.h"
#include "experiment/plan_find.h"

/* --- which ----------------------------------------------------------------------------------------- */

bool disagreements_cells(const PlanCell *cells[2], const Plan *plan, const char *cell,
                         const char *against, Error *err)
{
    const char *name = plan->experiment->name;
    if (plan->n_cells < 2) {
        error_usage(err, "experiment '%s' has one cell: there is none that it could disagree with",
                    name);
        return error_hint(err, "an experiment with several `variants`, or a `grid`");
    }
    cells[0] = plan_find_cell(plan, cell, err);
    if (!cells[0]) return false;
    cells[1] =
        against ? plan_find_cell(plan, against, err) : &plan->cells[cells[0] == &plan->cells[0]];
    if (!cells[1]) return false;
    if (cells[0] != cells[1]) return true;
    error_usage(err, "cell '%s' cannot disagree with itself", cells[0]->name);
    return error_hint(err, "--cell and --against with two different cells");
}

/* --- how much -------------------------------------------------------------------------------------- */

static Disagreement find(const Answers of[2], int example)
{
    Disagreement found = {.example = example};
    for (int c = 0; c < 2; c++) {
        for (int r = 0; r < of[c].n_runs; r++) {
            const AnswersRun *run = &of[c].runs[r];
            found.said[c] += answers_of_truth(&of[c], run, example) / of[c].n_runs;
            found.right[c] += run->predicted[example] == of[c].truth[example];
        }
    }
    return found;
}

static double how_much(const Disagreement *disagreement)
{
    return fabs(disagreement->said[0] - disagreement->said[1]);
}

static int most_first(const void *a, const void *b)
{
    const Disagreement *one = a, *other = b;
    const double difference = how_much(other) - how_much(one);
    if (difference != 0) return difference > 0 ? 1 : -1;
    return one->example - other->example;
}

bool disagreements_read(Disagreements *disagreements, const Plan *plan, int task,
                        const PlanCell *const cells[2], Arena *arena, Error *err)
{
    Answers *of = disagreements->of;
    for (int c = 0; c < 2; c++)
        if (!answers_read(&of[c], plan, task, (AnswersChoice){cells[c], -1}, arena, err))
            return false;
    const size_t n = (size_t)of[0].n;
    disagreements->items = arena_alloc(arena, n, sizeof *disagreements->items, err);
    if (!disagreements->items || !answers_texts(&disagreements->texts, &of[0], arena, err))
        return false;
    for (size_t e = 0; e < n; e++) disagreements->items[e] = find(of, (int)e);
    qsort(disagreements->items, n, sizeof *disagreements->items, most_first);
    return true;
}

/* --- as a table ------------------------------------------------------------------------------------ */

static bool of_numbers(const Disagreements *disagreements)
{
    return disagreements->of[0].task->info->form == DATASET_REGRESSION;
}

static bool add_head(Buffer *csv, const Disagreements *disagreements, Error *err)
{
    const bool numbers = of_numbers(disagreements);
    if (!buffer_add_text(csv, "row,id,truth,", err)) return false;
    for (int c = 0; c < 2; c++) {
        const char *cell = disagreements->of[c].runs[0].cell;
        const char *said =
            arena_format(csv->arena, err, numbers ? "error, %s" : "p_truth, %s", cell);
        const char *right = arena_format(csv->arena, err, "seeds right, %s", cell);
        if (!said || !right || !csv_text(csv, said, err) ||
            (!numbers && !csv_text(csv, right, err)))
            return false;
    }
    if (!csv_text(csv, "difference", err) ||
        !answers_text_heads(csv, &disagreements->of[0], &disagreements->texts, err))
        return false;
    csv_end(csv);
    return true;
}

static bool add_row(Buffer *csv, const Disagreements *disagreements, const Disagreement *item,
                    Error *err)
{
    const Answers *answers = &disagreements->of[0];
    const int e = item->example;
    if (!buffer_format(csv, err, "%d,", e + 1) || !csv_text(csv, answers->id[e], err) ||
        !answers_value(csv, answers, answers->truth[e], err))
        return false;
    for (int c = 0; c < 2; c++)
        if (!csv_number(csv, item->said[c], err) ||
            (!of_numbers(disagreements) && !buffer_format(csv, err, "%d,", item->right[c])))
            return false;
    if (!csv_number(csv, item->said[0] - item->said[1], err) ||
        !answers_text_fields(csv, &disagreements->texts, e, err))
        return false;
    csv_end(csv);
    return true;
}

bool disagreements_csv(Buffer *csv, const Disagreements *disagreements, Error *err)
{
    if (!add_head(csv, disagreements, err)) return false;
    for (int e = 0; e < disagreements->of[0].n; e++)
        if (!add_row(csv, disagreements, &disagreements->items[e], err)) return false;
    return true;
}

/* --- for people ------------------------------------------------------------------------------------ */

enum { INDENT = 4 };

static bool show_head(Buffer *text, const Disagreements *disagreements, size_t width, Error *err)
{
    const Answers *of = disagreements->of;
    const int n = of[0].n_runs;
    const char *seeds =
        n == 1 ? "of one seed" : arena_format(text->arena, err, "mean over %d seeds", n);
    const char *words =
        !seeds ? NULL
               : arena_format(text->arena, err, "%s: %s, %s, by “%s” and by “%s”", of[0].task->name,
                              of_numbers(disagreements) ? "how far from the true number"
                                                        : "probability of the true answer",
                              seeds, of[0].runs[0].cell, of[1].runs[0].cell);
    return words && wrap_add(text, "", words, 0, width, err) && buffer_add_char(text, '\n', err);
}

/* What the example's truth is. */
static const char *truth_of(const Answers *answers, int example, Arena *arena, Error *err)
{
    const DatasetInfo *info = answers->task->info;
    const double truth = answers->truth[example];
    if (info->form == DATASET_REGRESSION) return arena_format(arena, err, "%.6g", truth);
    if (info->form == DATASET_MULTIPLE_CHOICE || !info->label_names)
        return arena_format(arena, err, "answer_%d", (int)truth);
    return info->label_names[(int)truth];
}

static bool show_texts(Buffer *text, const Disagreements *disagreements, int example, size_t width,
                       Error *err)
{
    const Answers *answers = &disagreements->of[0];
    const AnswersTexts *texts = &disagreements->texts;
    for (int k = 0; texts->of && k < texts->of[example].n_texts; k++) {
        const char *name = answers_text_name(answers, k, text->arena, err);
        const char *words =
            name ? arena_format(text->arena, err, "%s: %s", name, texts->of[example].text[k])
                 : NULL;
        if (!words || !wrap_add(text, "", words, INDENT, width, err)) return false;
    }
    return true;
}

bool disagreements_show(Buffer *text, const Disagreements *disagreements, int most, size_t width,
                        Error *err)
{
    const Answers *answers = &disagreements->of[0];
    if (!show_head(text, disagreements, width, err)) return false;
    for (int i = 0; i < most && i < answers->n; i++) {
        const Disagreement *item = &disagreements->items[i];
        const char *truth = truth_of(answers, item->example, text->arena, err);
        if (!truth ||
            !buffer_format(text, err, "  row %d: %.3f and %.3f; the truth is %s\n",
                           item->example + 1, item->said[0], item->said[1], truth) ||
            !show_texts(text, disagreements, item->example, width, err))
            return false;
    }
    return buffer_add_char(text, '\n', err);
}
