#include "analysis/comparison.h"

#include <math.h>
#include <string.h>

#include "analysis/changes.h"
#include "analysis/comparison_shared.h"
#include "question/experiment_set.h"
#include "statistics/statistics.h"

const char *const comparison_verdict_words[] = {
    "identical", "within noise", "better", "worse", "new", "gone", "not comparable", NULL};
const char *const comparison_shared_words[] = {"nothing", "seeds", "seeds and examples", "unknown",
                                               NULL};

const ComparisonMeasure comparison_measures[] = {
    [COMPARISON_SCORES] = {"Test scores", 100, 1, false, 0.005, false},
    [COMPARISON_ZERO_SHOT] = {"Zero-shot scores, mean over pre-training", 100, 1, false, 0.005,
                              false},
    [COMPARISON_HELD_OUT] = {"Held-out perplexity a token", 1, 2, true, 0.01, true},
    [COMPARISON_CONTEXT_WINDOW] = {"Perplexity given k tokens, mean over k", 1, 2, true, 0.01,
                                   true},
    [COMPARISON_POSITION] = {"Loss by position, nats a token, mean over positions", 1, 3, true,
                             0.01, false},
};

#define HELD_OUT "held-out perplexity"

/* What only one side has, by name, each once. */
typedef enum Lack { LACK_CELL, LACK_TASK, LACK_MEASURE, N_LACKS } Lack;

/* The comparison that is being made. */
typedef struct Making {
    Comparison *comparison;
    ComparisonPair pair;
    const Numbers *before, *after;
    TextList *only; /* [2 * N_LACKS]: of A, then of B */
    Arena *arena;
    Error *err;
} Making;

/* --- what there is to say ----------------------------------------------------------------------------- */

/* Once. NULL: there was no memory for it. */
static bool note(const Making *making, const char *text)
{
    if (text) spec_list_place(&making->comparison->notes, text);
    return text != NULL;
}

static ComparisonRow *add_row(const Making *making, int measure, const char *cell, const char *what)
{
    ComparisonRow *row = &making->comparison->rows[making->comparison->n++];
    *row = (ComparisonRow){.measure = &comparison_measures[measure],
                           .cell = cell,
                           .what = what,
                           .before = (double)NAN,
                           .after = (double)NAN,
                           .low = (double)NAN,
                           .high = (double)NAN,
                           .shared = COMPARISON_SHARED_UNKNOWN};
    return row;
}

/* Both have it, of something else. `why` NULL: there was no memory for it. */
static bool set_apart(const Making *making, ComparisonRow *row, const char *why)
{
    row->why = why;
    row->verdict = COMPARISON_APART;
    return note(making, why);
}

static bool set_only(const Making *making, ComparisonRow *row, Lack lack, const char *name)
{
    static const char *const words[] = {
        [LACK_CELL] = "only %s has the cell “%s”",
        [LACK_TASK] = "only %s has the task “%s”",
        [LACK_MEASURE] = "only %s measures it: %s",
    };
    const int side = isnan(row->before) ? 1 : 0;
    spec_list_place(&making->only[side * N_LACKS + (int)lack], name);
    row->verdict = side ? COMPARISON_NEW : COMPARISON_GONE;
    row->why = arena_format(making->arena, making->err, words[lack], side ? "B" : "A", name);
    return row->why != NULL;
}

/* "only B has the cells “x”, “y”" */
static bool note_only(const Making *making, int side, Lack lack)
{
    static const char *const words[] = {
        [LACK_CELL] = "has the cell", [LACK_TASK] = "has the task", [LACK_MEASURE] = "measures"};
    const TextList *names = &making->only[side * N_LACKS + (int)lack];
    Buffer text = buffer_create(making->arena);
    if (names->n == 0) return true;
    if (!buffer_format(&text, making->err, "only %s %s%s", side ? "B" : "A", words[lack],
                       names->n > 1 && lack != LACK_MEASURE ? "s" : ""))
        return false;
    for (size_t i = 0; i < names->n; i++)
        if (!buffer_format(&text, making->err, "%s “%s”", i ? "," : "", names->text[i]))
            return false;
    return note(making, text.data);
}

static void judge(ComparisonRow *row)
{
    const ComparisonMeasure *measure = row->measure;
    const double difference = row->after - row->before;
    const double smallest = measure->smallest * (measure->relative ? fabs(row->before) : 1);
    const bool holds_nothing = row->low <= 0 && row->high >= 0; /* not where there is no interval */
    if (difference == 0) row->verdict = COMPARISON_IDENTICAL;
    else if (fabs(difference) <= smallest || holds_nothing) row->verdict = COMPARISON_NOISE;
    else row->verdict = (difference > 0) != measure->falls ? COMPARISON_BETTER : COMPARISON_WORSE;
}

/* The numbers of the side that a row is not from. */
static const Numbers *other_side(const Making *making, const ComparisonRow *row)
{
    return isnan(row->before) ? making->before : making->after;
}

/* --- scores ------------------------------------------------------------------------------------------- */

static bool has_cell(const Numbers *numbers, const char *cell)
{
    const NumbersScore *score = numbers->scores.items;
    for (size_t i = 0; i < numbers->scores.n; i++)
        if (!strcmp(score[i].cell, cell)) return true;
    return spec_list_find(&numbers->cells, cell) >= 0;
}

static const char OTHER_TASKS[] = "A and B have other tasks: no mean over all of them";

static bool set_score_only(const Making *making, ComparisonRow *row)
{
    if (!has_cell(other_side(making, row), row->cell))
        return set_only(making, row, LACK_CELL, row->cell);
    if (strcmp(row->what, NUMBERS_ALL_TASKS) != 0)
        return set_only(making, row, LACK_TASK, row->what);
    return set_apart(making, row, OTHER_TASKS);
}

/* Both have it; *apart: of something else. */
static bool check_metric(bool *apart, const Making *making, ComparisonRow *row, const char *task)
{
    const ComparisonSide *side = making->comparison->side;
    const char *was = comparison_shared_metric(side[0].result, task),
               *is = comparison_shared_metric(side[1].result, task);
    *apart = was && is && strcmp(was, is) != 0;
    return !*apart ||
           set_apart(making, row,
                     arena_format(making->arena, making->err,
                                  "“%s” is scored by %s in A and by %s in B", task, was, is));
}

static bool compare_score(const Making *making, const NumbersScore *was, const NumbersScore *now)
{
    const NumbersScore *either = was ? was : now;
    ComparisonRow *row = add_row(making, COMPARISON_SCORES, either->cell, either->task);
    bool apart = false;
    if (was) row->before = was->mean;
    if (now) row->after = now->mean;
    if (!was || !now) return set_score_only(making, row);
    if (!strcmp(now->task, NUMBERS_ALL_TASKS) && !comparison_shared_tasks(&making->pair))
        return set_apart(making, row, OTHER_TASKS);
    if (!check_metric(&apart, making, row, now->task)) return false;
    if (!apart && !comparison_shared_score(row, &making->pair, was, now, making->err)) return false;
    if (!apart) judge(row);
    return true;
}

static bool compare_scores(const Making *making)
{
    const NumbersScore *new = making->after->scores.items, *old = making->before->scores.items;
    for (size_t i = 0; i < making->after->scores.n; i++)
        if (!compare_score(making, numbers_score(making->before, new[i].cell, new[i].task),
                           &new[i]))
            return false;
    for (size_t i = 0; i < making->before->scores.n; i++)
        if (!numbers_score(making->after, old[i].cell, old[i].task) &&
            !compare_score(making, &old[i], NULL))
            return false;
    return true;
}

/* --- language models ------------------------------------------------------------------------------------ */

static bool set_language_apart(const Making *making, ComparisonRow *row)
{
    return set_apart(
        making, row,
        arena_format(making->arena, making->err,
                     "“%s”: perplexities and losses are of other texts or other tokens "
                     "in A than in B",
                     row->cell));
}

static bool compare_pretrain(const Making *making, const NumbersPretrain *was,
                             const NumbersPretrain *now)
{
    const char *cell = (now ? now : was)->cells.text[0];
    ComparisonRow *row = add_row(making, COMPARISON_HELD_OUT, cell, HELD_OUT);
    if (was) row->before = was->held_out_perplexity;
    if (now) row->after = now->held_out_perplexity;
    if (!was || !now)
        return has_cell(other_side(making, row), cell)
                   ? set_only(making, row, LACK_MEASURE, HELD_OUT)
                   : set_only(making, row, LACK_CELL, cell);
    if (!comparison_shared_language(&making->pair, cell)) return set_language_apart(making, row);
    judge(row);
    return true;
}

/* One row for each pre-training, named by the first cell that begins from it. */
static bool compare_pretrains(const Making *making)
{
    const NumbersPretrain *new = making->after->pretrains.items,
                          *old = making->before->pretrains.items;
    for (size_t i = 0; i < making->after->pretrains.n; i++)
        if (!compare_pretrain(making, numbers_pretrain(making->before, new[i].cells.text[0]),
                              &new[i]))
            return false;
    for (size_t i = 0; i < making->before->pretrains.n; i++) {
        bool known = false;
        for (size_t c = 0; c < old[i].cells.n; c++)
            known |= numbers_pretrain(making->after, old[i].cells.text[c]) != NULL;
        if (!known && !compare_pretrain(making, &old[i], NULL)) return false;
    }
    return true;
}

/* --- probes --------------------------------------------------------------------------------------------- */

static double mean_value(const NumbersProbe *probe)
{
    const NumbersPoint *point = probe->points.items;
    double sum = 0;
    for (size_t i = 0; i < probe->points.n; i++) sum += point[i].value;
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

static int measure_of(const NumbersProbe *probe)
{
    switch ((ProbeKind)probe->kind) {
    case PROBE_ZERO_SHOT: return COMPARISON_ZERO_SHOT;
    case PROBE_CONTEXT_WINDOW: return COMPARISON_CONTEXT_WINDOW;
    default: return COMPARISON_POSITION;
    }
}

static bool set_probe_only(const Making *making, ComparisonRow *row, const NumbersProbe *probe)
{
    if (!has_cell(other_side(making, row), probe->cell))
        return set_only(making, row, LACK_CELL, probe->cell);
    return set_only(making, row, LACK_MEASURE, probe_kind_words[probe->kind]);
}

/* Both have it; *apart: of something else. */
static bool check_probe(bool *apart, const Making *making, ComparisonRow *row,
                        const NumbersProbe *was, const NumbersProbe *now)
{
    *apart = !same_points(was, now);
    if (*apart)
        return set_apart(making, row,
                         arena_format(making->arena, making->err,
                                      "%s of “%s” is measured at other points in A than in B",
                                      row->what, now->cell));
    if (now->kind == PROBE_ZERO_SHOT) return check_metric(apart, making, row, now->task);
    *apart = !comparison_shared_language(&making->pair, now->cell);
    return !*apart || set_language_apart(making, row);
}

static bool compare_probe(const Making *making, const NumbersProbe *was, const NumbersProbe *now)
{
    const NumbersProbe *either = now ? now : was;
    const char *kind = probe_kind_words[either->kind];
    const char *what = either->task
                           ? arena_format(making->arena, making->err, "%s, %s", kind, either->task)
                           : kind;
    if (!what) return false;
    ComparisonRow *row = add_row(making, measure_of(either), either->cell, what);
    bool apart;
    if (was) row->before = mean_value(was);
    if (now) row->after = mean_value(now);
    if (!was || !now) return set_probe_only(making, row, either);
    if (!check_probe(&apart, making, row, was, now)) return false;
    if (!apart && !comparison_shared_probe(row, &making->pair, was, now, making->err)) return false;
    if (!apart) judge(row);
    return true;
}

static bool compare_probes(const Making *making)
{
    const NumbersProbe *now = making->after->probes.items, *old = making->before->probes.items;
    for (size_t i = 0; i < making->after->probes.n; i++)
        if (!compare_probe(
                making,
                numbers_probe(making->before, (ProbeKind)now[i].kind, now[i].cell, now[i].task),
                &now[i]))
            return false;
    for (size_t i = 0; i < making->before->probes.n; i++)
        if (!numbers_probe(making->after, (ProbeKind)old[i].kind, old[i].cell, old[i].task) &&
            !compare_probe(making, &old[i], NULL))
            return false;
    return true;
}

/* --- the whole ------------------------------------------------------------------------------------------ */

static bool same_text(const char *a, const char *b)
{
    return !a || !b || !strcmp(a, b);
}

/* But for what is set with it (question/experiment_set.h). */
static bool same_scale(const char *a, const char *b)
{
    static const char mark[] = {EXPERIMENT_SET_MARK, '\0'};
    const size_t n = a && b ? strcspn(a, mark) : 0;
    return !a || !b || (n == strcspn(b, mark) && !strncmp(a, b, n));
}

/* Other questions first, then what was asked for otherwise. */
static bool note_differences(const Making *making, bool same_experiment)
{
    const Experiment *a = making->comparison->side[0].result->experiment,
                     *b = making->comparison->side[1].result->experiment;
    if (!same_experiment &&
        !note(making,
              arena_format(making->arena, making->err,
                           "A asks “%s”, B asks “%s”: their cells are taken for the same by "
                           "their names",
                           a->name, b->name)))
        return false;
    if (!same_scale(a->scale, b->scale))
        return note(making, arena_format(making->arena, making->err,
                                         "A is at scale %s, B at scale %s: models, data and "
                                         "training are of other sizes, and differences may be of "
                                         "these",
                                         a->scale, b->scale));
    TextList settings;
    if (!changes_settings(&settings, a, b, making->arena, making->err)) return false;
    for (size_t i = 0; i < settings.n; i++)
        if (!note(making, arena_format(making->arena, making->err, "asked for in B: %s in A",
                                       settings.text[i])))
            return false;
    return true;
}

static size_t most_rows(const Numbers *before, const Numbers *after)
{
    return before->scores.n + after->scores.n + before->pretrains.n + after->pretrains.n +
           before->probes.n + after->probes.n;
}

static void count(Comparison *comparison)
{
    for (size_t i = 0; i < comparison->n; i++) {
        comparison->count[comparison->rows[i].verdict]++;
        comparison->n_compared += !comparison->rows[i].why;
    }
}

static bool note_lacks(const Making *making)
{
    for (int side = 0; side < 2; side++)
        for (int lack = 0; lack < N_LACKS; lack++)
            if (!note_only(making, side, (Lack)lack)) return false;
    return true;
}

bool comparison_make(Comparison *comparison, const ComparisonSide *before,
                     const ComparisonSide *after, Arena *arena, Error *err)
{
    enum { MOST_DIFFERENCES = 2 + CHANGES_MOST_SETTINGS + 2 * N_LACKS };
    TextList only[2 * N_LACKS] = {0};
    const Result *a = before->result, *b = after->result;
    Making making = {.comparison = comparison,
                     .before = a->numbers,
                     .after = b->numbers,
                     .only = only,
                     .arena = arena,
                     .err = err};
    const size_t most = most_rows(a->numbers, b->numbers);
    const bool same_experiment = same_text(a->experiment->name, b->experiment->name);
    *comparison = (Comparison){.side = {*before, *after},
                               .same_numbers = *a->numbers_hash.text &&
                                               !strcmp(a->numbers_hash.text, b->numbers_hash.text),
                               .rows = arena_alloc(arena, most, sizeof(ComparisonRow), err)};
    comparison->notes.text = arena_alloc(arena, most + MOST_DIFFERENCES, sizeof(char *), err);
    for (int i = 0; i < 2 * N_LACKS; i++) {
        only[i].text = arena_alloc(arena, most, sizeof(char *), err);
        if (!only[i].text) return false;
    }
    if (!comparison->rows || !comparison->notes.text ||
        !comparison_shared_make(&making.pair, before, after, arena, err) ||
        !note_differences(&making, same_experiment) || !compare_scores(&making) ||
        !compare_pretrains(&making) || !compare_probes(&making) || !note_lacks(&making))
        return false;
    count(comparison);
    return !same_experiment || changes_claims(&comparison->claims, a, b, arena, err);
}

ComparisonVerdict comparison_overall(const Comparison *comparison)
{
    static const ComparisonVerdict by_weight[] = {COMPARISON_WORSE, COMPARISON_BETTER,
                                                  COMPARISON_NOISE};
    for (size_t i = 0; i < sizeof by_weight / sizeof *by_weight; i++)
        if (comparison->count[by_weight[i]]) return by_weight[i];
    return COMPARISON_IDENTICAL;
}
