/* gpt against values made by PyTorch: tests/golden/gpt/make.py says how. */
#include <criterion/criterion.h>

#include "../golden_file.h"
#include "../golden_weights.h"
#include "model/gpt.h"
#include "model_rig.h"

TestSuite(gpt_golden);

#define GOLDEN "tests/golden/gpt/gpt.json"

/* Largest allowed deviation of a list over its largest expected value, by the end of the list's name. In
 * double what is seen is the 12 digits of the file (at most 4e-12); in float it is rounding, 6e-8 a
 * step, and each row says how much was seen and why. */
static const double DOUBLE_TOLERANCE = 1e-11;
static const struct {
    const char *ending;
    double tolerance;
} float_tolerances[] = {
    {"loss", 5e-7},             /* 1.3e-7: log-sum-exp hides most of a logit's rounding */
    {"outputs", 1e-6},          /* 1.9e-7: sums of 16 products of states of two blocks */
    {"logits", 2e-6},           /* 5.6e-7: the same, the largest of 1,952 */
    {"embedding.weight", 3e-6}, /* 6.0e-7: gradients through all of backward */
    {"_norm.gain", 5e-6},       /* 1.1e-6: sums over rows of products that cancel */
    {".bias", 3e-6},            /* 6.3e-7: sums over rows */
    {".weight", 4e-6}, /* 7.6e-7: sums over rows of products of activations and gradients */
};

static double tolerance_of(const char *name)
{
    if (sizeof(real) == sizeof(double)) return DOUBLE_TOLERANCE;
    for (size_t i = 0; i < sizeof float_tolerances / sizeof *float_tolerances; i++)
        if (golden_weights_ends_with(name, float_tolerances[i].ending))
            return float_tolerances[i].tolerance;
    cr_assert_fail("no tolerance for '%s'", name);
    return 0;
}

static void expect_near(const real *found, size_t n, const Json *expected, const char *what,
                        const char *name, Arena *arena)
{
    const double deviation = golden_file_deviation(found, n, expected, arena);
    cr_expect_lt(deviation, tolerance_of(name), "%s %s: deviation %.2g", what, name, deviation);
    cr_log_info("%s %s %s: deviation %.2g", REAL_NAME, what, name, deviation);
}

/* --- one form of the loss ---------------------------------------------------------------------- */

static GptSpec spec_of(const Json *file, Arena *arena)
{
    Error err = {0};
    GptSpec spec;
    Json *model = json_clone(golden_file_member(file, "model"), arena, &err);
    cr_assert(model, "%s", err.text);
    json_remove(model, "architecture"); /* the key that names the registry's row */
    const SpecReader reader = {GOLDEN, arena, &err};
    cr_assert(spec_read(&spec, gpt.entry.table, model, &reader, "$.model"), "%s", err.text);
    return spec;
}

/* A rig on the batch of one form. The mean of the row losses: over all rows (`by_sequence` false), or
 * over the rows of each sequence, then over the sequences; times `coefficient`. */
static void create(Rig *rig, const GptSpec *spec, const Json *file, const Json *form,
                   const Kernels *kernels, int n_class, bool by_sequence, double coefficient,
                   Arena *arena)
{
    Batch batch = {.N = (int)json_size(golden_file_member(form, "token")),
                   .S = (int)json_size(golden_file_member(form, "start")) - 1,
                   .token = golden_file_ints(golden_file_member(form, "token"), arena),
                   .start = golden_file_ints(golden_file_member(form, "start"), arena)};
    int *length = golden_file_ints(golden_file_member(form, "start"), arena);
    for (int s = 0; s < batch.S; s++) length[s] = batch.start[s + 1] - batch.start[s];
    batch.position = rig_batch(arena, length, batch.S).position;

    rig_create(rig, &gpt, spec, (int)json_int(golden_file_member(file, "n_vocab")), n_class,
               kernels, &batch);
    golden_weights_fill(&rig->weights_table, rig->weights);
    Error err = {0};
    int *target = golden_file_ints(golden_file_member(form, "target"), arena);
    real *weight = arena_alloc(arena, (size_t)batch.N, sizeof *weight, &err);
    cr_assert(weight, "%s", err.text);
    for (int s = 0; s < batch.S; s++) {
        const int first = batch.start[s], end = batch.start[s + 1];
        int n_targets = 0;
        for (int n = first; n < end; n++) n_targets += target[n] >= 0;
        const double mean = by_sequence ? (double)batch.S * n_targets : batch.N;
        for (int n = first; n < end; n++) weight[n] = (real)(coefficient / mean);
    }
    rig->objective = (Objective){.target = target, .weight = weight};
}

static void expect_pass(Rig *rig, const Json *form, const char *name, Arena *arena)
{
    Error err = {0};
    const real loss = (real)rig_backward(rig);
    expect_near(&loss, 1, golden_file_member(form, "loss"), name, "loss", arena);
    const size_t N = (size_t)rig->batch.N, n_logits = N * (size_t)rig->n_vocab;
    expect_near(rig->row_loss, N, golden_file_member(form, "row_loss"), name, "row_loss", arena);
    real *logits = arena_alloc(arena, n_logits, sizeof *logits, &err);
    cr_assert(logits, "%s", err.text);
    rig_logits(rig, logits);
    expect_near(logits, n_logits, golden_file_member(form, "logits"), name, "logits", arena);

    const Json *gradients = golden_file_member(form, "gradients");
    cr_expect_eq(json_size(gradients), (size_t)rig->weights_table.n, "every tensor has a gradient");
    for (int i = 0; i < rig->weights_table.n; i++) {
        const TensorInfo *tensor = &rig->weights_table.items[i];
        expect_near(rig->gradients + tensor->offset, tensor->n,
                    golden_file_member(gradients, tensor->name), name, tensor->name, arena);
    }
}

static void expect_language_model(const Kernels *kernels)
{
    Error err = {0};
    Arena *arena = arena_create("golden", &err);
    cr_assert(arena, "%s", err.text);
    const Json *file = golden_file_open(GOLDEN, arena),
               *form = golden_file_member(file, "language_model");
    const GptSpec spec = spec_of(file, arena);
    Rig rig;
    create(&rig, &spec, file, form, kernels, 0, false, 1.0, arena);
    expect_pass(&rig, form, kernels->name, arena);
    rig_destroy(&rig);
    arena_destroy(arena);
}

static void expect_classification(const Kernels *kernels)
{
    Error err = {0};
    Arena *arena = arena_create("golden", &err);
    cr_assert(arena, "%s", err.text);
    const Json *file = golden_file_open(GOLDEN, arena),
               *form = golden_file_member(file, "classification");
    const GptSpec spec = spec_of(file, arena);
    const int n_class = (int)json_int(golden_file_member(file, "n_class"));
    Rig rig;
    create(&rig, &spec, file, form, kernels, n_class, true,
           json_number(golden_file_member(file, "lm_coefficient")), arena);
    int *pooled = golden_file_ints(golden_file_member(form, "start"),
                                   arena); /* the last row of each sequence */
    const int S = rig.batch.S;
    for (int s = 0; s < S; s++) pooled[s] = rig.batch.start[s + 1] - 1;
    rig.objective.pooled = pooled;
    rig.objective.label = golden_file_ints(golden_file_member(form, "label"), arena);
    rig.objective.G = S;
    expect_pass(&rig, form, kernels->name, arena);
    expect_near(rig.outputs, (size_t)(S * n_class), golden_file_member(form, "outputs"),
                kernels->name, "outputs", arena);
    expect_near(rig.class_loss, (size_t)S, golden_file_member(form, "class_loss"), kernels->name,
                "class_loss", arena);
    rig_destroy(&rig);
    arena_destroy(arena);
}

Test(gpt_golden, plain_kernels_give_the_language_model_values)
{
    expect_language_model(&kernels_plain);
}

Test(gpt_golden, fast_kernels_give_the_language_model_values)
{
    expect_language_model(&kernels_fast);
}

Test(gpt_golden, plain_kernels_give_the_classification_values)
{
    expect_classification(&kernels_plain);
}

Test(gpt_golden, fast_kernels_give_the_classification_values)
{
    expect_classification(&kernels_fast);
}
