/* Micro-batches of whole examples, and scores that do not depend on how they were packed. */
#include <criterion/criterion.h>
#include <math.h>

#include "../learner_rig.h"
#include "measure/score.h"

TestSuite(packer, .init = learner_rig_begin, .fini = learner_rig_end);

static Error err;

static const DatasetForm forms[] = {DATASET_CLASSIFICATION, DATASET_SIMILARITY,
                                    DATASET_MULTIPLE_CHOICE, DATASET_REGRESSION};
enum { N_FORMS = sizeof forms / sizeof *forms, N_EXAMPLES = 13 };

/* A learner and packer whose micro-batches hold at least `rows` tokens. */
static Packer create(Learner *learner, const Sequences *set, int rows)
{
    static Head head;
    static SpecEntryChoice model;
    Packer packer;
    head = learner_rig_head(set->form, HEAD_SOFT_BINS);
    model = learner_rig_model(0);
    *learner = learner_rig_learner(&model, &head, set, rows, false);
    cr_assert(packer_create(&packer, learner, learner_rig_arena(), &err), "%s", err.text);
    return packer;
}

Test(packer, packs_every_example_whole_and_once_in_the_given_order)
{
    static const uint32_t index[N_EXAMPLES] = {7, 1, 12, 0, 3, 2, 11, 10, 4, 5, 6, 9, 8};
    for (int f = 0; f < N_FORMS; f++)
        for (int rows = 1; rows < 80; rows += 7) {
            Sequences set = learner_rig_sequences(forms[f], N_EXAMPLES);
            Learner learner;
            Packer packer = create(&learner, &set, rows);
            for (int done = 0; done < N_EXAMPLES;) {
                Batch batch;
                int n =
                    packer_fill(&packer, &batch, &learner, &set, index + done, N_EXAMPLES - done);
                cr_assert_gt(n, 0);
                cr_assert_leq(batch.N, learner.max_rows);
                cr_assert_leq(batch.S, learner.max_sequences);
                int row = 0, s = 0;
                for (int e = 0; e < n; e++) {
                    uint32_t example = index[done + e];
                    cr_expect_eq(packer.truth[e], set.truth[example]);
                    for (int q = set.first[example]; q < set.first[example + 1]; q++, s++)
                        for (int i = set.start[q]; i < set.start[q + 1]; i++, row++) {
                            cr_assert_eq(batch.token[row], set.token[i]);
                            cr_assert_eq(batch.position[row], i - set.start[q]);
                        }
                }
                cr_expect_eq(row, batch.N);
                cr_expect_eq(s, batch.S);
                done += n;
            }
        }
}

Test(packer, takes_as_many_examples_as_fit)
{
    Sequences set = learner_rig_sequences(DATASET_CLASSIFICATION, N_EXAMPLES);
    static const uint32_t index[N_EXAMPLES] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    Learner learner;
    Batch batch;
    Packer packer = create(&learner, &set, 20);
    int n = packer_fill(&packer, &batch, &learner, &set, index, N_EXAMPLES);
    cr_expect_gt(set.start[n + 1], 20, "one more would not have fitted");
}

static Scores score(const Sequences *set, int rows)
{
    Learner learner;
    Scores scores;
    Packer packer = create(&learner, set, rows);
    cr_assert(score_examples(&scores, &learner, &packer, set, learner_rig_arena(), &err), "%s",
              err.text);
    return scores;
}

/* The outputs of a row of a matrix product may depend on how many rows there are by its
 * rounding. */
static const double ROUNDING = sizeof(real) == sizeof(double) ? 1e-7 : 2e-6;

Test(packer, an_example_scores_the_same_alone_and_packed)
{
    for (int f = 0; f < N_FORMS; f++) {
        Sequences set = learner_rig_sequences(forms[f], N_EXAMPLES);
        Scores alone = score(&set, 1), packed = score(&set, 1000);
        cr_expect_eq(alone.first[N_EXAMPLES], packed.first[N_EXAMPLES]);
        cr_expect_float_eq(alone.loss, packed.loss, ROUNDING);
        for (int i = 0; i < alone.first[N_EXAMPLES]; i++)
            cr_expect_float_eq((double)alone.output[i], (double)packed.output[i], ROUNDING,
                               "form %d, output %d", f, i);
    }
}

Test(packer, examples_without_truth_are_scored_but_cost_nothing)
{
    Sequences set = learner_rig_sequences(DATASET_CLASSIFICATION, N_EXAMPLES);
    Scores all = score(&set, 100);
    for (int e = 1; e < N_EXAMPLES; e++) set.truth[e] = (double)NAN;
    Scores one = score(&set, 100);
    for (int e = 0; e < N_EXAMPLES; e++) cr_expect_eq(one.predicted[e], all.predicted[e]);
    set.truth[0] = (double)NAN;
    cr_expect_gt(one.loss, 0);
    cr_expect_eq(score(&set, 100).loss, 0);
}

Test(packer, scores_predict_the_largest_output)
{
    Sequences set = learner_rig_sequences(DATASET_MULTIPLE_CHOICE, N_EXAMPLES);
    Scores scores = score(&set, 100);
    for (int e = 0; e < N_EXAMPLES; e++) {
        const float *output = scores.output + scores.first[e];
        int n = scores.first[e + 1] - scores.first[e];
        cr_expect_eq(n, 2 + e % 2);
        for (int k = 0; k < n; k++) cr_expect_leq(output[k], output[(int)scores.predicted[e]]);
    }
}
