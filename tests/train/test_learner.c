/* A learner's memory, and gradients of the fine-tuning objective as a whole. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "../learner_rig.h"
#include "learner/causal_lm.h"
#include "train/finetune_loss.h"

TestSuite(learner, .init = learner_rig_begin, .fini = learner_rig_end);

static const DatasetForm forms[] = {DATASET_CLASSIFICATION, DATASET_SIMILARITY,
                                    DATASET_MULTIPLE_CHOICE, DATASET_REGRESSION};
enum { N_FORMS = sizeof forms / sizeof *forms };

static void expect_measured(const LearnerSetup *setup)
{
    Error err = {0};
    Learner learner;
    Arena *arena = arena_create("measured", &err);
    size_t measured, n_parameters, before = arena_used_bytes(learner_rig_arena());
    cr_assert(learner_measure(&measured, &n_parameters, setup, learner_rig_arena(), &err), "%s",
              err.text);
    cr_expect_eq(arena_used_bytes(learner_rig_arena()), before, "measuring takes nothing");
    cr_assert(learner_create(&learner, setup, arena, &err), "%s", err.text);
    cr_expect_eq(measured, arena_used_bytes(arena), "measured %zu, taken %zu", measured,
                 arena_used_bytes(arena));
    cr_expect_eq(n_parameters, learner.weights_table.n_parameters);
    arena_destroy(arena);
}

static void expect_model_measured(const SpecEntryChoice *model, bool training)
{
    expect_measured(&(LearnerSetup){.model = model,
                                    .kernels = &kernels_fast,
                                    .n_vocab = LEARNER_RIG_VOCABULARY,
                                    .max_rows = 37,
                                    .max_sequences = 5,
                                    .training = training});
    for (int f = 0; f < N_FORMS; f++) {
        Sequences set = learner_rig_sequences(forms[f], 5);
        const Sequences *sets[] = {&set};
        Head head = learner_rig_head(forms[f], HEAD_SOFT_BINS);
        LearnerSetup setup = packer_setup(model, &kernels_fast, LEARNER_RIG_TEXT_TOKENS, &head,
                                          sets, 1, 20, training);
        expect_measured(&setup);
    }
}

Test(learner, is_measured_to_the_byte_before_it_is_made)
{
    const SpecEntryChoice models[] = {learner_rig_model(0.1), learner_rig_lstm(0.1)};
    for (int training = 0; training < 2; training++)
        for (int i = 0; i < 2; i++) expect_model_measured(&models[i], training);
}

Test(learner, that_no_memory_could_hold_is_an_error)
{
    Error err = {0};
    size_t bytes, n_parameters;
    GptSpec huge = {128, 1, 16384, 8192, 0.1, 0.1};
    SpecEntryChoice model = {.entry = &gpt.entry, .spec = &huge};
    LearnerSetup setup = {.model = &model,
                          .kernels = &kernels_fast,
                          .n_vocab = 1000000000,
                          .max_rows = 65536 * 8192,
                          .max_sequences = 65536,
                          .training = true};
    Learner learner;
    if (learner_measure(&bytes, &n_parameters, &setup, learner_rig_arena(), &err))
        cr_expect_gt(bytes, (size_t)1 << 40);
    cr_expect_not(learner_create(&learner, &setup, learner_rig_arena(), &err));
    cr_expect_eq(err.kind, ERROR_FAILED);
}

Test(learner, knows_whether_every_weight_is_a_finite_number)
{
    Error err = {0};
    SpecEntryChoice model = learner_rig_model(0);
    Learner learner = learner_rig_learner(&model, NULL, NULL, 16, false);
    cr_expect(learner_check_finite(&learner, &err), "%s", err.text);
    real *weight =
        learner.weights + tensors_named(&learner.weights_table, "block.0.mlp.widen.weight")->offset;
    for (int i = 0; i < 2; i++) {
        weight[5] = i ? (real)NAN : (real)INFINITY;
        err = (Error){0};
        cr_expect_not(learner_check_finite(&learner, &err));
        cr_expect(strstr(err.text, "tensor 'block.0.mlp.widen.weight' holds a value that is not"),
                  "%s", err.text);
    }
}

/* One whole update's gradients of the objective over `set`. */
static UpdateLosses gradients(Learner *learner, const Sequences *set, double lm_coefficient)
{
    Error err = {0};
    Packer packer;
    Batch batch;
    cr_assert(packer_create(&packer, learner, learner_rig_arena(), &err), "%s", err.text);
    uint32_t *index = learner_rig_take((size_t)set->n, sizeof *index);
    for (int e = 0; e < set->n; e++) index[e] = (uint32_t)e;
    cr_assert_eq(packer_fill(&packer, &batch, learner, set, index, set->n), set->n);
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

Test(learner, every_weight_gets_a_gradient_from_the_objective)
{
    SpecEntryChoice model = learner_rig_model(0);
    for (int f = 0; f < N_FORMS; f++) {
        Sequences set = learner_rig_sequences(forms[f], 12);
        Head head = learner_rig_head(forms[f], HEAD_SOFT_BINS);
        Learner learner = learner_rig_learner(&model, &head, &set, 1000, true);
        gradients(&learner, &set, 0.5);
        for (int t = 0; t < learner.weights_table.n; t++) {
            const TensorInfo *tensor = &learner.weights_table.items[t];
            cr_expect_eq(rows_without_gradient(&learner, tensor), 0, "%s, form %d", tensor->name,
                         f);
        }
    }
}

Test(learner, a_coefficient_of_0_leaves_the_language_model_out)
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

Test(learner, gradients_of_the_whole_objective_are_those_of_differences)
{
    SpecEntryChoice model = learner_rig_model(0);
    for (int f = 0; f < N_FORMS; f++) {
        Sequences set = learner_rig_sequences(forms[f], 4);
        Head head = learner_rig_head(forms[f], HEAD_SOFT_BINS);
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
