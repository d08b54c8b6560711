/* A learner's memory. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "../learner_rig.h"

TestSuite(learner, .init = learner_rig_begin, .fini = learner_rig_end);

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
    const size_t taken = arena_used_bytes(arena) + setup->kernels->start_bytes();
    cr_expect_eq(measured, taken, "measured %zu, taken %zu", measured, taken);
    cr_expect_eq(n_parameters, learner.weights_table.n_parameters);
    arena_destroy(arena);
}

static LearnerSetup setup_of(const SpecEntryChoice *model, bool training)
{
    return (LearnerSetup){.model = model,
                          .kernels = &kernels_fast,
                          .n_vocab = LEARNER_RIG_VOCABULARY,
                          .max_rows = 37,
                          .max_sequences = 5,
                          .training = training};
}

static void expect_model_measured(const SpecEntryChoice *model, bool training)
{
    LearnerSetup whole = setup_of(model, training);
    expect_measured(&whole);
    for (int f = 0; f < LEARNER_RIG_N_FORMS; f++) {
        Sequences set = learner_rig_sequences(learner_rig_forms[f], 5);
        const Sequences *sets[] = {&set};
        Head head = learner_rig_head(learner_rig_forms[f], HEAD_SOFT_BINS);
        LearnerSetup setup =
            packer_setup(model, &kernels_fast, (TextTokens){.n = LEARNER_RIG_TEXT_TOKENS}, &head,
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

Test(learner, without_a_first_moment_takes_as_much_less)
{
    Error err = {0};
    const SpecEntryChoice model = learner_rig_model(0.1);
    LearnerSetup setup = setup_of(&model, true);
    size_t bytes[2], unused;
    for (int less = 0; less < 2; less++) {
        setup.no_first_moment = less;
        expect_measured(&setup);
        cr_assert(learner_measure(&bytes[less], &unused, &setup, learner_rig_arena(), &err));
    }
    Learner learner;
    cr_assert(learner_create(&learner, &setup, learner_rig_arena(), &err), "%s", err.text);
    cr_expect_null(learner.m);
    cr_expect_eq(bytes[0] - bytes[1], learner.weights_table.n_elements * sizeof(real));
}

Test(learner, that_no_memory_could_hold_is_an_error)
{
    Error err = {0};
    size_t bytes, n_parameters;
    GptSpec huge = {128, 1, 16384, 8192, 0.1, 0.1, GPT_GELU_TANH};
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
