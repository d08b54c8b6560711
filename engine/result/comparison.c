#include "result/comparison.h"

#include <math.h>
#include <string.h>

#include "statistics/statistics.h"

#define PERPLEXITY "held-out perplexity"

const char *const comparison_verdict_words[] = {"identical", "within noise", "better", "worse",
                                                "new",       "gone",         NULL};

static const double smallest_difference = 0.005, perplexity_tolerance = 0.01,
                    position_tolerance = 0.01;

/* The half-width of a difference, of two half-widths; not hypot, of which libraries round the last bit as they
 * like. */
static double together(double a, double b)
{
    return sqrt(a * a + b * b);
}

static double score_tolerance(const NumbersScore *a, const NumbersScore *b)
{
    double n = (double)a->seeds, m = (double)b->seeds, freedom = n + m - 2, width;
    if (freedom > 0) {
        double squares =
            (n - 1) * a->deviation * a->deviation + (m - 1) * b->deviation * b->deviation;
        width = statistics_student((int)freedom) * sqrt(squares / freedom * (1 / n + 1 / m));
    } else {
        width = together((a->high - a->low) / 2, (b->high - b->low) / 2);
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
    *row = (ComparisonRow){.cell = cell, .what = what, .scale = 100};
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

/* One row for each pre-training that both have, named by the first cell that begins from it. */
static void compare_pretrains(Comparison *comparison, const Numbers *before, const Numbers *after)
{
    const NumbersPretrain *new = after->pretrains.items;
    for (size_t i = 0; i < after->pretrains.n; i++) {
        const char *cell = new[i].cells.text[0];
        const NumbersPretrain *was = numbers_pretrain(before, cell);
        if (!was) continue;
        ComparisonRow *row = add_row(comparison, cell, PERPLEXITY);
        row->scale = 1;
        row->before = was->held_out_perplexity;
        row->after = new[i].held_out_perplexity;
        row->tolerance = perplexity_tolerance * row->before;
        row->verdict = judge(row->before, row->after, row->before - row->after, row->tolerance);
    }
}

/* --- probes ---------------------------------------------------------------------------------------- */

static double mean_value(const NumbersProbe *probe)
{
    const NumbersPoint *point = probe->points.items;
    double sum = 0;
    for (size_t i = 0; i < probe->points.n; i++) sum += point[i].value;
    return probe->points.n ? sum / (double)probe->points.n : 0.0;
}

static double mean_half_width(const NumbersProbe *probe)
{
    const NumbersPoint *point = probe->points.items;
    double sum = 0;
    for (size_t i = 0; i < probe->points.n; i++) sum += (point[i].high - point[i].low) / 2;
    return probe->points.n ? sum / (double)probe->points.n : 0.0;
}

static bool same_points(const NumbersProbe *a, const NumbersProbe *b)
{
    const NumbersPoint *p = a->points.items, *q = b->points.items;
    if (a->points.n != b->points.n) return false;
    for (size_t i = 0; i < a->points.n; i++)
        if (p[i].x != q[i].x) return false;
    return true;
}

static double probe_tolerance(const NumbersProbe *was, const NumbersProbe *now)
{
    if (now->kind == PROBE_POSITION) return position_tolerance;
    if (now->kind == PROBE_CONTEXT_WINDOW) return perplexity_tolerance * mean_value(was);
    return fmax(together(mean_half_width(was), mean_half_width(now)), smallest_difference);
}

static void compare_probe(ComparisonRow *row, const NumbersProbe *was, const NumbersProbe *now)
{
    bool score = now->kind == PROBE_ZERO_SHOT;
    row->scale = score ? 100 : 1;
    row->after = mean_value(now);
    row->verdict = COMPARISON_NEW;
    if (!was || !same_points(was, now)) return;
    row->before = mean_value(was);
    row->tolerance = probe_tolerance(was, now);
    double gain = score ? row->after - row->before : row->before - row->after;
    row->verdict = judge(row->before, row->after, gain, row->tolerance);
}

static const char *probe_name(const NumbersProbe *probe, Arena *arena, Error *err)
{
    const char *kind = probe_kind_words[probe->kind];
    return probe->task ? arena_format(arena, err, "%s, %s", kind, probe->task) : kind;
}

static bool compare_probes(Comparison *comparison, const Numbers *before, const Numbers *after,
                           Arena *arena, Error *err)
{
    const NumbersProbe *now = after->probes.items, *old = before->probes.items;
    for (size_t i = 0; i < after->probes.n; i++) {
        const char *name = probe_name(&now[i], arena, err);
        const NumbersProbe *was =
            numbers_probe(before, (ProbeKind)now[i].kind, now[i].cell, now[i].task);
        if (!name) return false;
        compare_probe(add_row(comparison, now[i].cell, name), was, &now[i]);
    }
    for (size_t i = 0; i < before->probes.n; i++) {
        if (numbers_probe(after, (ProbeKind)old[i].kind, old[i].cell, old[i].task)) continue;
        const char *name = probe_name(&old[i], arena, err);
        if (!name) return false;
        ComparisonRow *row = add_row(comparison, old[i].cell, name);
        row->scale = old[i].kind == PROBE_ZERO_SHOT ? 100 : 1;
        row->before = mean_value(&old[i]);
        row->verdict = COMPARISON_GONE;
    }
    return true;
}

bool comparison_make(Comparison *comparison, const Numbers *before, const Numbers *after,
                     Arena *arena, Error *err)
{
    size_t most = before->scores.n + after->scores.n + after->pretrains.n + before->probes.n +
                  after->probes.n;
    *comparison = (Comparison){.rows = arena_alloc(arena, most, sizeof(ComparisonRow), err)};
    if (!comparison->rows) return false;
    compare_scores(comparison, before, after);
    compare_pretrains(comparison, before, after);
    if (!compare_probes(comparison, before, after, arena, err)) return false;
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
    double scale = row->scale;
    const char *word = comparison_verdict_words[row->verdict];
    if (!buffer_format(text, err, "  %-24s %-36s", row->cell, row->what)) return false;
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
