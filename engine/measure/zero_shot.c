#include "measure/zero_shot.h"

#include <stdlib.h>
#include <string.h>

#include "base/elementary.h"
#include "measure/likelihood.h"

/* A word's probability is the product over its tokens, and that of a sentence; longer texts are compared by the
 * token. */
static bool is_summed(DatasetHeuristic heuristic)
{
    return heuristic == HEURISTIC_WORDS || heuristic == HEURISTIC_LAST_WORD ||
           heuristic == HEURISTIC_MINIMAL_PAIRS || heuristic == HEURISTIC_CLOZE;
}

/* Scores of all texts; `right` (may be NULL) is filled for last-word: the word is the likeliest. */
static bool score_texts(double **score, double *right, Learner *learner, const Continuations *set,
                        DatasetHeuristic heuristic, const char *title, Arena *arena, Error *err)
{
    LikelihoodTexts texts = {.n = set->n_texts,
                             .token = set->token,
                             .start = set->start,
                             .from = set->from,
                             .whole = continuations_are_whole(heuristic),
                             .until = set->until};
    Likelihoods found;
    *score = arena_alloc(arena, (size_t)set->n_texts, sizeof(double), err);
    if (!*score || !likelihood_measure(&found, learner, &texts, right != NULL, title, arena, err))
        return false;
    for (int q = 0; q < set->n_texts; q++) {
        int divisor = is_summed(heuristic) || found.count[q] == 0 ? 1 : found.count[q];
        (*score)[q] = found.sum[q] / divisor;
        if (right) right[q] = found.first[q] && found.count[q] > 0;
    }
    return true;
}

static void pick_highest(double *predicted, const double *score, const Continuations *set)
{
    for (int e = 0; e < set->n; e++) {
        int best = set->first[e];
        for (int q = best + 1; q < set->first[e + 1]; q++)
            if (score[q] > score[best]) best = q;
        predicted[e] = best - set->first[e];
    }
}

static void compare_pairs(double *predicted, const double *score, const Continuations *set)
{
    for (int e = 0; e < set->n; e++) predicted[e] = score[set->first[e]] > score[set->first[e] + 1];
}

static void cut_at(double *predicted, const double *score, int n, double threshold)
{
    for (int i = 0; i < n; i++) predicted[i] = score[i] > threshold;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Tries every cut between two scores, and those below and above all. */
static bool choose_threshold(double *threshold, const double *score, const Continuations *set,
                             const Metric *metric, Arena *scratch, Error *err)
{
    size_t n = (size_t)set->n;
    double *sorted = arena_alloc(scratch, n, sizeof(double), err), best = 0;
    double *predicted = arena_alloc(scratch, n, sizeof(double), err);
    if (!sorted || !predicted) return false;
    memcpy(sorted, score, n * sizeof(double));
    qsort(sorted, n, sizeof(double), by_value);
    for (size_t i = 0; i <= n; i++) {
        if (i > 0 && i < n && sorted[i] == sorted[i - 1]) continue;
        double low = i > 0 ? sorted[i - 1] : sorted[0] - 2, high = i < n ? sorted[i] : low + 2;
        double cut = (low + high) / 2;
        bool degenerate;
        cut_at(predicted, score, set->n, cut);
        double value;
        if (!metric_measure(&value, &degenerate, metric, set->truth, predicted, set->n, err))
            return false;
        if (i > 0 && value <= best) continue;
        best = value;
        *threshold = cut;
    }
    return true;
}

static double word_perplexity(const double *score, int n)
{
    double sum = 0;
    for (int q = 0; q < n; q++) sum -= score[q];
    return n > 0 ? elementary_exp64(sum / n) : 0.0;
}

/* Predictions from the scores of the test examples. */
static bool predict(ZeroShotScores *scores, Learner *learner, const ZeroShot *zero_shot,
                    const char *title, Arena *arena, Error *err)
{
    const Continuations *test = zero_shot->test, *validation = zero_shot->validation;
    double *validation_score;
    switch (zero_shot->heuristic) {
    case HEURISTIC_ACCEPTABILITY:
        if (!score_texts(&validation_score, NULL, learner, validation, zero_shot->heuristic, title,
                         arena, err) ||
            !choose_threshold(&scores->threshold, validation_score, validation, zero_shot->metric,
                              arena, err))
            return false;
        cut_at(scores->predicted, scores->score, test->n, scores->threshold);
        return true;
    case HEURISTIC_LAST_WORD: /* predicted with the scores */
        scores->perplexity = word_perplexity(scores->score, test->n);
        return true;
    case HEURISTIC_MINIMAL_PAIRS:
        compare_pairs(scores->predicted, scores->score, test);
        return true;
    default: pick_highest(scores->predicted, scores->score, test); return true;
    }
}

bool zero_shot_score(ZeroShotScores *scores, Learner *learner, const ZeroShot *zero_shot,
                     const char *title, Arena *arena, Error *err)
{
    const Continuations *test = zero_shot->test;
    bool last_word = zero_shot->heuristic == HEURISTIC_LAST_WORD;
    *scores =
        (ZeroShotScores){.predicted = arena_alloc(arena, (size_t)test->n, sizeof(double), err)};
    if (!scores->predicted ||
        !score_texts(&scores->score, last_word ? scores->predicted : NULL, learner, test,
                     zero_shot->heuristic, title, arena, err) ||
        !predict(scores, learner, zero_shot, title, arena, err))
        return false;
    return metric_measure(&scores->value, &scores->degenerate, zero_shot->metric, test->truth,
                          scores->predicted, test->n, err);
}
