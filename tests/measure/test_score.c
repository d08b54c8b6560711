/* Scores of labelled examples, which do not depend on how they were packed. */
#include <criterion/criterion.h>
#include <math.h>

#include "../learner_rig.h"
#include "measure/score.h"

TestSuite(score, .init = learner_rig_begin, .fini = learner_rig_end);

static Error err;

enum { N_EXAMPLES = 13 };

static Scores scores_of(const Sequences *set, int rows)
{
    Learner learner;
    Scores scores;
    Packer packer = learner_rig_packer(&learner, set, rows);
    cr_assert(score_examples(&scores, &learner, &packer, set, learner_rig_arena(), &err), "%s",
              err.text);
    return scores;
}

/* The outputs of a row of a matrix product may depend on how many rows there are by its
 * rounding. */
static const double ROUNDING = sizeof(real) == sizeof(double) ? 1e-7 : 2e-6;

Test(score, an_example_scores_the_same_alone_and_packed)
{
    for (int f = 0; f < LEARNER_RIG_N_FORMS; f++) {
        Sequences set = learner_rig_sequences(learner_rig_forms[f], N_EXAMPLES);
        Scores alone = scores_of(&set, 1), packed = scores_of(&set, 1000);
        cr_expect_eq(alone.first[N_EXAMPLES], packed.first[N_EXAMPLES]);
        cr_expect_float_eq(alone.loss, packed.loss, ROUNDING);
        for (int i = 0; i < alone.first[N_EXAMPLES]; i++)
            cr_expect_float_eq((double)alone.output[i], (double)packed.output[i], ROUNDING,
                               "form %d, output %d", f, i);
    }
}

Test(score, examples_without_truth_are_scored_but_cost_nothing)
{
    Sequences set = learner_rig_sequences(DATASET_CLASSIFICATION, N_EXAMPLES);
    Scores all = scores_of(&set, 100);
    for (int e = 1; e < N_EXAMPLES; e++) set.truth[e] = (double)NAN;
    Scores one = scores_of(&set, 100);
    for (int e = 0; e < N_EXAMPLES; e++) cr_expect_eq(one.predicted[e], all.predicted[e]);
    set.truth[0] = (double)NAN;
    cr_expect_gt(one.loss, 0);
    cr_expect_eq(scores_of(&set, 100).loss, 0);
}

Test(score, predicts_the_largest_output)
{
    Sequences set = learner_rig_sequences(DATASET_MULTIPLE_CHOICE, N_EXAMPLES);
    Scores scores = scores_of(&set, 100);
    for (int e = 0; e < N_EXAMPLES; e++) {
        const float *output = scores.output + scores.first[e];
        int n = scores.first[e + 1] - scores.first[e];
        cr_expect_eq(n, 2 + e % 2);
        for (int k = 0; k < n; k++) cr_expect_leq(output[k], output[(int)scores.predicted[e]]);
    }
}

Test(score, probabilities_are_shares_of_the_outputs_exponentials)
{
    double probability[4];
    score_probabilities(probability, (const float[]){-7, -7, -7, -7}, 4);
    for (int k = 0; k < 4; k++) cr_expect_eq(probability[k], 0.25);
    score_probabilities(probability, (const float[]){1, 1 + 1.0986123F}, 2);
    cr_expect_float_eq(probability[0], 0.25, 1e-7);
    cr_expect_float_eq(probability[1], 0.75, 1e-7);
    score_probabilities(probability, (const float[]){3e38F, -3e38F}, 2);
    cr_expect_eq(probability[0], 1);
    cr_expect_eq(probability[1], 0);
}
