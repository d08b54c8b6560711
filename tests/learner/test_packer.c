/* Micro-batches of whole examples. */
#include <criterion/criterion.h>

#include "../learner_rig.h"

TestSuite(packer, .init = learner_rig_begin, .fini = learner_rig_end);

enum { N_EXAMPLES = 13 };

Test(packer, packs_every_example_whole_and_once_in_the_given_order)
{
    static const uint32_t index[N_EXAMPLES] = {7, 1, 12, 0, 3, 2, 11, 10, 4, 5, 6, 9, 8};
    for (int f = 0; f < LEARNER_RIG_N_FORMS; f++)
        for (int rows = 1; rows < 80; rows += 7) {
            Sequences set = learner_rig_sequences(learner_rig_forms[f], N_EXAMPLES);
            Learner learner;
            Packer packer = learner_rig_packer(&learner, &set, rows);
            for (int done = 0; done < N_EXAMPLES;) {
                Batch batch;
                int n = packer_fill(&packer, &batch, &learner, &set, index + done,
                                    N_EXAMPLES - done, PACKER_ALL_ANSWERS);
                cr_assert_gt(n, 0);
                cr_assert_leq(batch.target.N, learner.max_rows);
                cr_assert_leq(batch.S, learner.max_sequences);
                int row = 0, s = 0;
                for (int e = 0; e < n; e++) {
                    uint32_t example = index[done + e];
                    cr_expect_eq(packer.truth[e], set.truth[example]);
                    for (int q = set.first[example]; q < set.first[example + 1]; q++, s++)
                        for (int i = set.start[q]; i < set.start[q + 1]; i++, row++) {
                            cr_assert_eq(batch.target.token[row], set.token[i]);
                            cr_assert_eq(batch.target.position[row], i - set.start[q]);
                        }
                }
                cr_expect_eq(row, batch.target.N);
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
    Packer packer = learner_rig_packer(&learner, &set, 20);
    int n = packer_fill(&packer, &batch, &learner, &set, index, N_EXAMPLES, PACKER_ALL_ANSWERS);
    cr_expect_gt(set.start[n + 1], 20, "one more would not have fitted");
}
