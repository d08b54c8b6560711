/* What an optimizer leaves alone, and what it does with what it is given. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "base/parallel.h"
#include "train_rig.h"

TestSuite(optimizer, .init = learner_rig_begin, .fini = learner_rig_end);

static Error err;

enum { ROWS = 150, COLUMNS = 130, N = ROWS * COLUMNS };

static TensorTable table_of(size_t rows)
{
    TensorTable table = tensors_create(&kernels_fast.memory, learner_rig_arena());
    cr_assert_geq(tensors_add(&table, &err, TENSOR_BY_TOKEN | TENSOR_DECAY, 0, 2, rows, COLUMNS,
                              "%s", TENSORS_TOKEN_TABLE),
                  0);
    return table;
}

static OptimizerPlan adafactor_plan(int64_t factor_from)
{
    return (OptimizerPlan){.adafactor = {.present = true,
                                         .clip_threshold = 1,
                                         .decay_exponent = 0.8,
                                         .epsilon1 = 1e-30,
                                         .epsilon2 = 1e-3,
                                         .parameter_scale = true,
                                         .factor_from = factor_from},
                           .learning_rate = 0.1,
                           .schedule = SCHEDULE_WARMUP_CONSTANT,
                           .updates = 3};
}

/* With the gap that follows a tensor in its block, which holds 0. */
static real *noise(size_t n, uint32_t site)
{
    enum { GAP = 64 / sizeof(real) };
    real *values = learner_rig_take(n + GAP, sizeof(real));
    for (size_t i = 0; i < n; i++) values[i] = (real)rng_normal(rng_key(1, RNG_TEST, site), i);
    return values;
}

/* Three updates; gradients of what is frozen are 0, as they must be. */
static void run(const OptimizerPlan *plan, const TensorTable *table, real *weights, real *v,
                const real *gradients)
{
    for (int64_t t = 0; t < plan->updates; t++)
        optimizer_step(plan, t, &kernels_fast, table, weights, NULL, v, gradients);
}

/* Rows that train are a matrix of their own: its scale, its means, its clipping. */
static void expect_frozen(size_t n_frozen_rows, int64_t factor_from)
{
    const size_t frozen = n_frozen_rows * COLUMNS, n = N - frozen;
    const OptimizerPlan plan = adafactor_plan(factor_from);
    TensorTable whole = table_of(ROWS), part = table_of(ROWS - n_frozen_rows);
    tensors_freeze(&whole, 0, n_frozen_rows);
    real *weights = noise(N, 1), *gradients = noise(N, 2), *v = learner_rig_take(N, sizeof(real));
    real *before = noise(N, 1), *apart = noise(N, 1), *v_apart = learner_rig_take(N, sizeof(real));
    memset(v, 0, N * sizeof(real));
    memset(v_apart, 0, N * sizeof(real));
    tensors_zero_frozen(&whole, gradients);
    run(&plan, &whole, weights, v, gradients);
    run(&plan, &part, apart + frozen, v_apart, gradients + frozen);
    cr_expect_arr_eq(weights, before, frozen * sizeof(real));
    cr_expect_arr_eq(weights + frozen, apart + frozen, n * sizeof(real));
    cr_expect_neq(weights[N - 1], before[N - 1]);
    for (size_t i = 0; i < frozen; i++) cr_assert_eq(v[i], 0);
}

Test(optimizer, adafactor_takes_the_rows_that_train_for_a_matrix)
{
    expect_frozen(20, 128); /* 130 rows left: factored */
    expect_frozen(100, 128);
    expect_frozen(100, 2);
}

Test(optimizer, adafactor_leaves_a_frozen_tensor_alone)
{
    const OptimizerPlan plan = adafactor_plan(2);
    TensorTable table = table_of(ROWS);
    table.items[0].n_frozen = N;
    real *weights = noise(N, 1), *before = noise(N, 1), *gradients = noise(N, 2);
    run(&plan, &table, weights, noise(N, 3), gradients);
    cr_expect_arr_eq(weights, before, N * sizeof(real));
}

/* From 128 rows and columns on, as T5: what stands behind them in the block stays unused. */
Test(optimizer, adafactor_factors_large_matrices_and_no_small_ones)
{
    for (int64_t factor_from = 130; factor_from <= 131; factor_from++) {
        const OptimizerPlan plan = adafactor_plan(factor_from);
        TensorTable table = table_of(ROWS);
        real *v = learner_rig_take(N, sizeof(real));
        memset(v, 0, N * sizeof(real));
        run(&plan, &table, noise(N, 1), v, noise(N, 2));
        size_t used = 0;
        for (size_t i = 0; i < N; i++) used += v[i] != 0;
        cr_expect_eq(used, factor_from == 130 ? ROWS + COLUMNS : N, "%zu", used);
    }
}

Test(optimizer, a_gradient_that_is_no_number_changes_nothing)
{
    OptimizerPlan plan = adafactor_plan(2);
    TensorTable table = table_of(ROWS);
    real *weights = noise(N, 1), *before = noise(N, 1), *gradients = noise(N, 2), *v = noise(N, 3);
    real *m = noise(N, 3), *moments = noise(N, 3);
    gradients[7] = (real)NAN;
    for (int adafactor = 0; adafactor < 2; adafactor++) {
        plan.adafactor.present = adafactor;
        const OptimizerReport report =
            optimizer_step(&plan, 0, &kernels_fast, &table, weights, m, v, gradients);
        cr_expect_not(isfinite(report.gradient_norm));
        cr_expect_arr_eq(weights, before, N * sizeof(real));
        cr_expect_arr_eq(m, moments, N * sizeof(real));
        cr_expect_arr_eq(v, moments, N * sizeof(real));
    }
}

/* --- runs -------------------------------------------------------------------------------------- */

#define T5                                                                                         \
    "\"tokens\": 3200, \"batch\": 4, \"schedule\": \"inverse_sqrt\", \"warmup_updates\": 10,"      \
    " \"learning_rate\": 0.1"

static void pretrain(const char *settings, const char *folder, const Kernels *kernels)
{
    TokenFile tokens = learner_rig_tokens();
    PretrainSpec spec = train_rig_pretrain_spec(settings);
    PretrainJob job = train_rig_pretrain_job(&spec, &tokens, folder);
    job.kernels = kernels;
    cr_assert(pretrain_run(&job, &err), "%s", err.text);
}

Test(optimizer, adafactor_learns)
{
    enum { MOST = 1000 };
    static const char *const settings[] = {"{" T5 ", \"adafactor\": {}}",
                                           "{" T5 ", \"adafactor\": {\"factor_from\": 2}}"};
    for (int i = 0; i < 2; i++) {
        double loss[MOST];
        pretrain(settings[i], i ? "factored" : "whole", &kernels_fast);
        const int n = train_rig_column(loss, MOST, i ? "factored/curve.csv" : "whole/curve.csv", 2);
        cr_assert_gt(n, 20);
        cr_expect_lt(loss[n - 1], 0.8 * loss[0], "%s: from %g to %g", settings[i], loss[0],
                     loss[n - 1]);
    }
}

Test(optimizer, adafactor_gives_the_same_bits_for_any_number_of_threads)
{
    static const char *const folders[] = {"one", "two", "five"};
    static const int threads[] = {1, 2, 5};
    for (int i = 0; i < 3; i++) {
        parallel_set_threads(threads[i]);
        pretrain("{\"tokens\": 200, \"batch\": 4, \"adafactor\": {\"factor_from\": 2}}", folders[i],
                 &kernels_fast);
        if (i)
            cr_expect(train_rig_same("one/curve.csv", i == 1 ? "two/curve.csv" : "five/curve.csv"));
    }
    cr_expect(train_rig_same("one/weights.safetensors", "five/weights.safetensors"));
}

Test(optimizer, adafactor_runs_on_plain_kernels)
{
    enum { MOST = 100 };
    double fast[MOST], plain[MOST];
    pretrain("{\"tokens\": 200, \"batch\": 4, \"adafactor\": {\"factor_from\": 2}}", "fast",
             &kernels_fast);
    pretrain("{\"tokens\": 200, \"batch\": 4, \"adafactor\": {\"factor_from\": 2}}", "plain",
             &kernels_plain);
    const int n = train_rig_column(fast, MOST, "fast/curve.csv", 2);
    cr_assert_eq(train_rig_column(plain, MOST, "plain/curve.csv", 2), n);
    for (int i = 0; i < n; i++) cr_expect_float_eq(fast[i], plain[i], 1e-4, "update %d", i);
}
