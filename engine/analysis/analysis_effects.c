#include "analysis/analysis_effects.h"

#include <string.h>

#include "analysis/analysis_scores.h"
#include "analysis/pairs.h"
#include "statistics/permutation.h"

static const double **predictions(const ScoreDraws *scores, size_t cell, size_t task, Arena *arena,
                                  Error *err)
{
    const double **predicted = arena_alloc(arena, scores->n_seeds, sizeof *predicted, err);
    for (size_t s = 0; predicted && s < scores->n_seeds; s++)
        predicted[s] = score_draws_evidence(scores, cell, task, s)->predicted;
    return predicted;
}

static bool test_pair(SignificanceEffect *row, const ScoreDraws *scores, Pair pair, size_t task,
                      Arena *arena, Error *err)
{
    const NumbersTask *named = (const NumbersTask *)scores->measured.numbers->tasks.items + task;
    const EvidenceTask *test = &scores->measured.evidence->tasks[task];
    PermutationTask permutation = {
        .score = test->metric->compute,
        .n_examples = test->n,
        .n_seeds = (int)scores->n_seeds,
        .truth = test->truth,
        .first = predictions(scores, pair.better, task, arena, err),
        .second = predictions(scores, pair.worse, task, arena, err),
        .site = score_draws_site(named->name),
    };
    row->task = named->name;
    return permutation.first && permutation.second &&
           permutation_p(&row->p, &permutation, arena, err);
}

static bool has_rows(const SpecList *list, const ExperimentClaim *claim)
{
    const SignificanceEffect *row = list->items;
    for (size_t i = 0; i < list->n; i++)
        if (!strcmp(row[i].better, claim->better) && !strcmp(row[i].worse, claim->worse))
            return true;
    return false;
}

/* Where variants of a grid are compared there are many pairs, and no one test of them. */
bool analysis_effects(Significance *tests, const ScoreDraws *scores, Arena *arena, Error *err)
{
    const Experiment *experiment = scores->measured.experiment;
    SpecList *list = &tests->effects;
    SignificanceEffect *row =
        arena_alloc(arena, experiment->n_claims * scores->n_tasks, sizeof *row, err);
    *list = (SpecList){.items = row};
    if (!row) return false;
    for (size_t i = 0; i < experiment->n_claims; i++) {
        const ExperimentClaim *claim = &experiment->claims[i];
        Pairs pairs;
        if (!analysis_scores_is_effect(claim) || has_rows(list, claim)) continue;
        if (!pairs_list(&pairs, experiment, claim->better, claim->worse, arena, err)) return false;
        for (size_t t = 0; pairs.n == 1 && t < scores->n_tasks; t++) {
            row[list->n] = (SignificanceEffect){.better = claim->better, .worse = claim->worse};
            if (!test_pair(&row[list->n++], scores, pairs.items[0], t, arena, err)) return false;
        }
    }
    return true;
}
