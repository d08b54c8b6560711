#include "report/comparison.h"

#include <math.h>
#include <string.h>

#include "report/statistics.h"

#define PERPLEXITY "held-out perplexity"

const char *const comparison_verdict_words[] = {"identical", "within noise", "better", "worse",
                                                "new",       "gone",         NULL};

static const double smallest_difference = 0.005, perplexity_tolerance = 0.01;

static double score_tolerance(const NumbersScore *a, const NumbersScore *b)
{
    double n = (double)a->seeds, m = (double)b->seeds, freedom = n + m - 2, width;
    if (freedom > 0) {
        double squares =
            (n - 1) * a->deviation * a->deviation + (m - 1) * b->deviation * b->deviation;
        width = statistics_student((int)freedom) * sqrt(squares / freedom * (1 / n + 1 / m));
    } else {
        width = hypot((a->high - a->low) / 2, (b->high - b->low) / 2);
    }
    return fmax(width, smallest_difference);
}

/* `gain`: how much better `after` is. */
static ComparisonVerdict judge(double before, double after, double gain, double tolerance)
{
    if (before == after) return COMPARISON_IDENTICAL;
    if (fabs(gain) <= tolerance) return COMPARISON_NOISE;
    return gain > 0 ? COMPARISON_BETTER : COMPARISON_WORSE;
}

static ComparisonRow *add_row(Comparison *comparison, const char *cell, const char *what)
{
    ComparisonRow *row = &comparison->rows[comparison->n++];
    *row = (ComparisonRow){.cell = cell, .what = what};
    return row;
}

static void compare_scores(Comparison *comparison, const Numbers *before, const Numbers *after)
{
    const NumbersScore *new = after->scores.items, *old = before->scores.items;
    for (size_t i = 0; i < after->scores.n; i++) {
        const NumbersScore *was = numbers_score(before, new[i].cell, new[i].task);
        ComparisonRow *row = add_row(comparison, new[i].cell, new[i].task);
        row->after = new[i].mean;
        row->verdict = COMPARISON_NEW;
        if (!was) continue;
        row->before = was->mean;
        row->tolerance = score_tolerance(was, &new[i]);
        row->verdict = judge(was->mean, new[i].mean, new[i].mean - was->mean, row->tolerance);
    }
    for (size_t i = 0; i < before->scores.n; i++) {
        if (numbers_score(after, old[i].cell, old[i].task)) continue;
        ComparisonRow *row = add_row(comparison, old[i].cell, old[i].task);
        row->before = old[i].mean;
        row->verdict = COMPARISON_GONE;
    }
}

static const NumbersPretrain *find_pretrain(const Numbers *numbers, const char *cell)
{
    const NumbersPretrain *pretrain = numbers->pretrains.items;
    for (size_t i = 0; i < numbers->pretrains.n; i++)
        for (size_t k = 0; k < pretrain[i].cells.n; k++)
            if (!strcmp(pretrain[i].cells.text[k], cell)) return &pretrain[i];
    return NULL;
}

/* One row for each pre-training that both have, named by the first cell that begins from it. */
static void compare_pretrains(Comparison *comparison, const Numbers *before, const Numbers *after)
{
    const NumbersPretrain *new = after->pretrains.items;
    for (size_t i = 0; i < after->pretrains.n; i++) {
        const char *cell = new[i].cells.text[0];
        const NumbersPretrain *was = find_pretrain(before, cell);
        if (!was) continue;
        ComparisonRow *row = add_row(comparison, cell, PERPLEXITY);
        row->before = was->held_out_perplexity;
        row->after = new[i].held_out_perplexity;
        row->tolerance = perplexity_tolerance * row->before;
        row->verdict = judge(row->before, row->after, row->before - row->after, row->tolerance);
    }
}

bool comparison_make(Comparison *comparison, const Numbers *before, const Numbers *after,
                     Arena *arena, Error *err)
{
    size_t most = before->scores.n + after->scores.n + after->pretrains.n;
    *comparison = (Comparison){.rows = arena_alloc(arena, most, sizeof(ComparisonRow), err)};
    if (!comparison->rows) return false;
    compare_scores(comparison, before, after);
    compare_pretrains(comparison, before, after);
    for (size_t i = 0; i < comparison->n; i++) comparison->count[comparison->rows[i].verdict]++;
    return true;
}

ComparisonVerdict comparison_overall(const Comparison *comparison)
{
    static const ComparisonVerdict by_weight[] = {COMPARISON_WORSE, COMPARISON_BETTER,
                                                  COMPARISON_NOISE};
    for (size_t i = 0; i < sizeof by_weight / sizeof *by_weight; i++)
        if (comparison->count[by_weight[i]]) return by_weight[i];
    return COMPARISON_IDENTICAL;
}

static bool write_row(Buffer *text, const ComparisonRow *row, Error *err)
{
    double scale = strcmp(row->what, PERPLEXITY) ? 100 : 1;
    const char *word = comparison_verdict_words[row->verdict];
    if (!buffer_format(text, err, "  %-24s %-28s", row->cell, row->what)) return false;
    switch (row->verdict) {
    case COMPARISON_NEW:
        return buffer_format(text, err, " %7s -> %7.2f  %s\n", "", scale * row->after, word);
    case COMPARISON_GONE:
        return buffer_format(text, err, " %7.2f -> %7s  %s\n", scale * row->before, "", word);
    default:
        return buffer_format(text, err, " %7.2f -> %7.2f  %+6.2f (tolerance %.2f)  %s\n",
                             scale * row->before, scale * row->after,
                             scale * (row->after - row->before), scale * row->tolerance, word);
    }
}

bool comparison_write(Buffer *text, const Comparison *comparison, bool moved_only, Error *err)
{
    for (size_t i = 0; i < comparison->n; i++) {
        const ComparisonRow *row = &comparison->rows[i];
        if (moved_only && row->verdict == COMPARISON_IDENTICAL) continue;
        if (!write_row(text, row, err)) return false;
    }
    return true;
}
