/* Ten optimizer steps against values made by PyTorch: tests/golden/optimizer/make.py says how. */
#include <criterion/criterion.h>
#include <math.h>

#include "../golden_file.h"
#include "train/optimizer.h"

TestSuite(optimizer_golden);

#define GOLDEN "tests/golden/optimizer/optimizer.json"

/* Largest allowed deviations, of a tensor over its largest expected value.
 *   rate, norm     computed in double in both builds
 *   weights, m, v  double: the 15 digits of the file and ten steps' rounding, 2.6e-15 seen
 *                  float: ten steps' rounding of 6e-8 each, 1.8e-7 seen (v, whose values are squares) */
static const double SCALAR_TOLERANCE = 1e-14;
static const double TENSOR_TOLERANCE = sizeof(real) == sizeof(float) ? 6e-7 : 2e-14;

typedef struct Optimized {
    TensorTable table;
    real *weights, *m, *v, *gradients;
} Optimized;

static void create(Optimized *optimized, const Json *file, Arena *arena)
{
    Error err = {0};
    TensorTable table = tensors_create(&kernels_fast.memory, arena);
    const Json *shapes = golden_file_member(file, "shapes");
    for (size_t i = 0; i < json_size(shapes); i++) {
        const char *name;
        Json *shape;
        json_member(shapes, i, &name, &shape);
        const int *dim = golden_file_ints(shape, arena), rank = (int)json_size(shape);
        const unsigned flags = rank > 1 ? TENSOR_DECAY : 0;
        cr_assert_geq(tensors_add(&table, &err, flags, 0, rank, (size_t)dim[0],
                                  rank > 1 ? (size_t)dim[1] : 0, "%s", name),
                      0, "%s", err.text);
    }
    real *blocks[4];
    for (int b = 0; b < 4; b++) {
        blocks[b] = tensors_allocate(&table, arena, &err);
        cr_assert(blocks[b], "%s", err.text);
    }
    *optimized = (Optimized){table, blocks[0], blocks[1], blocks[2], blocks[3]};
}

static void fill(const Optimized *optimized, real *block, const Json *values, Arena *arena)
{
    for (int i = 0; i < optimized->table.n; i++) {
        const TensorInfo *tensor = &optimized->table.items[i];
        const real *list = golden_file_reals(golden_file_member(values, tensor->name), arena);
        for (size_t j = 0; j < tensor->n; j++) block[tensor->offset + j] = list[j];
    }
}

static void expect_block(const Optimized *optimized, const real *block, const Json *expected,
                         const char *what, int64_t t, Arena *arena)
{
    for (int i = 0; i < optimized->table.n; i++) {
        const TensorInfo *tensor = &optimized->table.items[i];
        const double deviation = golden_file_deviation(
            block + tensor->offset, tensor->n, golden_file_member(expected, tensor->name), arena);
        cr_expect_lt(deviation, TENSOR_TOLERANCE, "%s of %s after update %d: deviation %.2g", what,
                     tensor->name, (int)t, deviation);
        cr_log_info("%s %s of %s after update %d: deviation %.2g", REAL_NAME, what, tensor->name,
                    (int)t, deviation);
    }
}

static void expect_scalar(double found, const Json *step, const char *key, int64_t t)
{
    const double expected = json_number(golden_file_member(step, key));
    cr_expect_leq(fabs(found - expected), SCALAR_TOLERANCE * fabs(expected),
                  "%s at update %d: %.17g, expected %.17g", key, (int)t, found, expected);
}

static OptimizerPlan plan_of(const Json *file, Schedule schedule, Arena *arena)
{
    Error err = {0};
    OptimizerPlan plan = {
        .learning_rate = json_number(golden_file_member(file, "learning_rate")),
        .schedule = schedule,
        .warmup = json_number(golden_file_member(file, "warmup")),
        .updates = json_int(golden_file_member(file, "updates")),
    };
    const SpecReader reader = {GOLDEN, arena, &err};
    cr_assert(spec_read(&plan.adam, &optimizer_table, golden_file_member(file, "adam"), &reader,
                        "$.adam"),
              "%s", err.text);
    return plan;
}

static void expect_steps(Schedule schedule, const Kernels *kernels)
{
    Error err = {0};
    Arena *arena = arena_create("golden", &err);
    cr_assert(arena, "%s", err.text);
    const Json *file = golden_file_open(GOLDEN, arena);
    const Json *run = golden_file_member(file, schedule_words[schedule]);
    const Json *gradients = golden_file_member(file, "gradients");
    const Json *steps = golden_file_member(run, "steps");
    const OptimizerPlan plan = plan_of(file, schedule, arena);
    Optimized o;
    create(&o, file, arena);
    fill(&o, o.weights, golden_file_member(file, "initial"), arena);
    for (int64_t t = 0; t < plan.updates; t++) {
        fill(&o, o.gradients, json_at(gradients, (size_t)t), arena);
        const OptimizerReport report =
            optimizer_step(&plan, t, kernels, &o.table, o.weights, o.m, o.v, o.gradients);
        const Json *step = json_at(steps, (size_t)t);
        expect_scalar(report.rate, step, "rate", t);
        expect_scalar(report.gradient_norm, step, "gradient_norm", t);
        expect_block(&o, o.weights, golden_file_member(step, "weights"), "weights", t, arena);
    }
    expect_block(&o, o.m, golden_file_member(run, "m"), "m", plan.updates, arena);
    expect_block(&o, o.v, golden_file_member(run, "v"), "v", plan.updates, arena);
    arena_destroy(arena);
}

Test(optimizer_golden, plain_kernels_follow_warmup_and_cosine)
{
    expect_steps(SCHEDULE_WARMUP_COSINE, &kernels_plain);
}

Test(optimizer_golden, fast_kernels_follow_warmup_and_cosine)
{
    expect_steps(SCHEDULE_WARMUP_COSINE, &kernels_fast);
}

Test(optimizer_golden, plain_kernels_follow_warmup_and_linear_decay)
{
    expect_steps(SCHEDULE_WARMUP_LINEAR, &kernels_plain);
}

Test(optimizer_golden, fast_kernels_follow_warmup_and_linear_decay)
{
    expect_steps(SCHEDULE_WARMUP_LINEAR, &kernels_fast);
}
