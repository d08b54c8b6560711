/* Gradients of the objective of fine-tuning as a whole. */
#include <criterion/criterion.h>
#include <string.h>

#include "../learner_rig.h"
#include "learner/causal_lm.h"
#include "train/finetune_loss.h"

TestSuite(finetune_loss, .init = learner_rig_begin, .fini = learner_rig_end);

/* One whole update's gradients of the objective over `set`. */
static UpdateLosses gradients(Learner *learner, const Sequences *set, double lm_coefficient)
{
    Error err = {0};
    Packer packer;
    Batch batch;
    cr_assert(packer_create(&packer, learner, learner_rig_arena(), &err), "%s", err.text);
    uint32_t *index = learner_rig_take((size_t)set->n, sizeof *index);
    for (int e = 0; e < set->n; e++) index[e] = (uint32_t)e;
    cr_assert_eq(packer_fill(&packer, &batch, learner, set, index, set->n, PACKER_RIGHT_ANSWER),
                 set->n);
    UpdateLosses losses = {0};
    FinetuneLoss terms = {.objective = &causal_lm,
                          .lm_coefficient = lm_coefficient,
                          .n_examples = set->n,
                          .n_sequences = set->n_sequences};
    learner_zero_gradients(learner);
    finetune_loss_run(&losses, learner, &packer, &batch, &terms);
    return losses;
}

/* Rows of a matrix, or vectors, whose gradient is all zero. */
static size_t rows_without_gradient(const Learner *learner, const TensorInfo *tensor)
{
    size_t columns = tensor->rank > 1 ? tensor->dim[1] : tensor->n, n_rows = 0;
    for (size_t row = 0; row < tensor->n; row += columns) {
        size_t n_zero = 0;
        for (size_t c = 0; c < columns; c++)
            n_zero += learner->gradients[tensor->offset + row + c] == 0;
        n_rows += n_zero == columns;
    }
    return n_rows;
}

Test(finetune_loss, every_weight_gets_a_gradient)
{
    SpecEntryChoice model = learner_rig_model(0);
    for (int f = 0; f < LEARNER_RIG_N_FORMS; f++) {
        Sequences set = learner_rig_sequences(learner_rig_forms[f], 12);
        Head head = learner_rig_head(learner_rig_forms[f], HEAD_SOFT_BINS);
        Learner learner = learner_rig_learner(&model, &head, &set, 1000, true);
        gradients(&learner, &set, 0.5);
        for (int t = 0; t < learner.weights_table.n; t++) {
            const TensorInfo *tensor = &learner.weights_table.items[t];
            cr_expect_eq(rows_without_gradient(&learner, tensor), 0, "%s, form %d", tensor->name,
                         f);
        }
    }
}

Test(finetune_loss, a_coefficient_of_0_leaves_the_language_model_out)
{
    SpecEntryChoice model = learner_rig_model(0);
    Sequences set = learner_rig_sequences(DATASET_CLASSIFICATION, 3);
    Head head = learner_rig_head(DATASET_CLASSIFICATION, HEAD_SOFT_BINS);
    Learner learner = learner_rig_learner(&model, &head, &set, 1000, true);
    bool is_used[LEARNER_RIG_VOCABULARY] = {0};
    size_t n_unused = 0;
    for (int i = 0; i < set.start[set.n_sequences]; i++) is_used[set.token[i]] = true;
    for (int v = 0; v < LEARNER_RIG_VOCABULARY; v++) n_unused += !is_used[v];
    cr_assert_gt(n_unused, 0);

    const TensorInfo *table = tensors_named(&learner.weights_table, TENSORS_TOKEN_TABLE);
    UpdateLosses without = gradients(&learner, &set, 0.0);
    cr_expect_eq(without.auxiliary, 0);
    cr_expect_eq(rows_without_gradient(&learner, table), n_unused, "only the softmax reaches them");
    UpdateLosses with = gradients(&learner, &set, 0.5);
    cr_expect_gt(with.auxiliary, 0);
    cr_expect_eq(rows_without_gradient(&learner, table), 0);
    cr_expect_eq(with.main, without.main);
}

#ifdef REPRISE_DOUBLE

/* L2 + lambda L1 with dropout off; the gradients are left as they are. */
static double loss_of(Learner *learner, const Sequences *set)
{
    UpdateLosses losses = gradients(learner, set, 0.5);
    return losses.main + 0.5 * losses.auxiliary;
}

Test(finetune_loss, gradients_are_those_of_differences)
{
    SpecEntryChoice model = learner_rig_model(0);
    for (int f = 0; f < LEARNER_RIG_N_FORMS; f++) {
        Sequences set = learner_rig_sequences(learner_rig_forms[f], 4);
        Head head = learner_rig_head(learner_rig_forms[f], HEAD_SOFT_BINS);
        Learner learner = learner_rig_learner(&model, &head, &set, 1000, true);
        size_t n = learner.weights_table.n_elements;
        real *analytic = learner_rig_take(n, sizeof *analytic);
        loss_of(&learner, &set);
        memcpy(analytic, learner.gradients, n * sizeof *analytic);
        for (int t = 0; t < learner.weights_table.n; t++) {
            const TensorInfo *tensor = &learner.weights_table.items[t];
            for (size_t i = 0; i < tensor->n; i += 1 + tensor->n / 7) { /* a few of each tensor */
                const double step = 1e-5;
                real *weight = &learner.weights[tensor->offset + i], at = *weight;
                *weight = at + step;
                double above = loss_of(&learner, &set);
                *weight = at - step;
                double below = loss_of(&learner, &set);
                *weight = at;
                cr_expect_float_eq(analytic[tensor->offset + i], (above - below) / (2 * step), 1e-6,
                                   "%s[%zu], form %d", tensor->name, i, f);
            }
        }
    }
}

#endif
