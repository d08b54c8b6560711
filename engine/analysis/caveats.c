#include "analysis/caveats.h"

#include <math.h>

#include "analysis/pairs.h"

bool caveats_is_known(const Quantity *effect)
{
    return !isnan(effect->value) && (effect->kind == QUANTITY_EXACT || quantity_varies(effect));
}

static bool add(TextList *caveats, const char *caveat)
{
    if (caveat) caveats->text[caveats->n++] = caveat;
    return caveat != NULL;
}

/* Cells that a claim looks at, each once. */
static bool mark_cells(bool *marked, const Experiment *experiment, const ExperimentClaim *claim,
                       Arena *arena, Error *err)
{
    Pairs pairs;
    if (!pairs_list(&pairs, experiment, claim->better, claim->worse, arena, err)) return false;
    for (size_t i = 0; i < pairs.n; i++) {
        marked[pairs.items[i].better] = true;
        if (pairs.items[i].worse != PAIRS_NONE) marked[pairs.items[i].worse] = true;
    }
    return true;
}

static bool find_constant(TextList *caveats, const Measures *measures, const ExperimentClaim *claim,
                          const size_t *tasks, size_t n_tasks, Arena *arena, Error *err)
{
    const ScoreDraws *scores = &measures->scores;
    bool *marked = arena_alloc(arena, scores->n_cells, sizeof *marked, err);
    int constant = 0, runs = 0;
    if (!marked || !mark_cells(marked, scores->measured.experiment, claim, arena, err))
        return false;
    for (size_t c = 0; c < scores->n_cells; c++)
        for (size_t t = 0; marked[c] && t < n_tasks; t++)
            for (size_t s = 0; s < scores->n_seeds; s++, runs++)
                constant += score_draws_run(scores, c, tasks[t], s)->degenerate;
    return !constant ||
           add(caveats,
               arena_format(arena, err, "%d of %d runs gave every test example the same answer",
                            constant, runs));
}

/* A percentile interval of few units is too narrow: of 10 by about a sixth. */
static bool find_few(TextList *caveats, const Measures *measures, const ExperimentClaim *claim,
                     const size_t *tasks, Arena *arena, Error *err)
{
    enum { FEW = 20 };
    Pairs pairs;
    if (!pairs_list(&pairs, measures->scores.measured.experiment, claim->better, claim->worse,
                    arena, err))
        return false;
    MeasurePlace place = {
        .on = (ClaimOn)claim->on, .cell = pairs.items[0].better, .task = tasks[0]};
    int units = measure_units(measures, &place);
    if (units == 0 || units >= FEW) return true;
    const char *what = claim->on == CLAIM_ON_ZERO_SHOT ? "examples"
                       : claim->on == CLAIM_ON_RATE    ? "repeated timings"
                                                       : "held-out documents";
    return add(caveats, arena_format(arena, err, "only %d %s: the interval is a little narrow",
                                     units, what));
}

static const char *unknown_words(const Quantity *effect)
{
    if (isnan(effect->value)) return "the effect is not a number";
    return effect->n < 2 ? "one value: nothing is known of chance"
                         : "nothing varies: both sides are the same in every draw";
}

bool caveats_find(TextList *caveats, const Measures *measures, const ExperimentClaim *claim,
                  const size_t *tasks, size_t n_tasks, const Quantity *effect, Arena *arena,
                  Error *err)
{
    enum { MOST = 5 };
    bool tuned = claim->on < CLAIM_ON_PARAMETERS;
    *caveats = (TextList){0, arena_alloc(arena, MOST, sizeof(char *), err)};
    if (!caveats->text) return false;
    if (tuned && measures->scores.n_seeds == 1 &&
        !add(caveats, "one seed: others may differ by more than the interval says"))
        return false;
    if (claim->on == CLAIM_ON_SCORE &&
        !find_constant(caveats, measures, claim, tasks, n_tasks, arena, err))
        return false;
    if (claim->on == CLAIM_ON_RATE && !add(caveats, "of this machine, at this time")) return false;
    if (!find_few(caveats, measures, claim, tasks, arena, err)) return false;
    return caveats_is_known(effect) || add(caveats, unknown_words(effect));
}
