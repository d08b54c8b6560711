/* Ten optimizer steps against values made by PyTorch, and by the Adafactor of transformers:
 * tests/golden/optimizer/make.py and tests/golden/adafactor/make.py say how. */
#include <criterion/criterion.h>
#include <math.h>

#include "../golden_file.h"
#include "train/optimizer.h"

TestSuite(optimizer_golden);

#define ADAM      "tests/golden/optimizer/optimizer.json"
#define ADAFACTOR "tests/golden/adafactor/adafactor.json"

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

/* Rows and columns of what is factored, else all. */
static size_t second_moment_size(const TensorInfo *tensor)
{
    const bool factored = tensor->dim[0] > 1 && tensor->dim[1] > 1;
    return factored ? tensor->dim[0] + tensor->dim[1] : tensor->n;
}

static void expect_factored(const Optimized *optimized, const Json *expected, Arena *arena)
{
    for (int i = 0; i < optimized->table.n; i++) {
        const TensorInfo *tensor = &optimized->table.items[i];
        const double deviation =
            golden_file_deviation(optimized->v + tensor->offset, second_moment_size(tensor),
                                  golden_file_member(expected, tensor->name), arena);
        cr_expect_lt(deviation, TENSOR_TOLERANCE, "v of %s: deviation %.2g", tensor->name,
                     deviation);
    }
}

static Arena *golden_arena(void)
{
    Error err = {0};
    Arena *arena = arena_create("golden", &err);
    cr_assert(arena, "%s", err.text);
    return arena;
}

static OptimizerPlan plan_of(const Json *file, Schedule schedule)
{
    return (OptimizerPlan){
        .learning_rate = json_number(golden_file_member(file, "learning_rate")),
        .schedule = schedule,
        .warmup = json_number(golden_file_member(file, "warmup")),
        .updates = json_int(golden_file_member(file, "updates")),
    };
}

static void read_settings(void *settings, const SpecTable *table, const Json *object, Arena *arena)
{
    Error err = {0};
    const SpecReader reader = {"golden", arena, &err};
    cr_assert(spec_read(settings, table, object, &reader, "$"), "%s", err.text);
}

static void expect_steps(const Json *file, const Json *run, const OptimizerPlan *plan,
                         const Kernels *kernels, Arena *arena)
{
    const Json *gradients = golden_file_member(file, "gradients");
    const Json *steps = golden_file_member(run, "steps");
    Optimized o;
    create(&o, file, arena);
    fill(&o, o.weights, golden_file_member(file, "initial"), arena);
    real *m = plan->adafactor.present ? NULL : o.m;
    for (int64_t t = 0; t < plan->updates; t++) {
        fill(&o, o.gradients, json_at(gradients, (size_t)t), arena);
        const OptimizerReport report =
            optimizer_step(plan, t, kernels, &o.table, o.weights, m, o.v, o.gradients);
        const Json *step = json_at(steps, (size_t)t);
        expect_scalar(report.rate, step, "rate", t);
        if (m) expect_scalar(report.gradient_norm, step, "gradient_norm", t);
        expect_block(&o, o.weights, golden_file_member(step, "weights"), "weights", t, arena);
    }
    if (!m) {
        expect_factored(&o, golden_file_member(run, "v"), arena);
        return;
    }
    expect_block(&o, o.m, golden_file_member(run, "m"), "m", plan->updates, arena);
    expect_block(&o, o.v, golden_file_member(run, "v"), "v", plan->updates, arena);
}

/* `settings`: of Adam, in the file */
static void expect_adam(const char *name, const char *settings, Schedule schedule,
                        const Kernels *kernels)
{
    Arena *arena = golden_arena();
    const Json *file = golden_file_open(ADAM, arena);
    OptimizerPlan plan = plan_of(file, schedule);
    read_settings(&plan.adam, &optimizer_adam_table, golden_file_member(file, settings), arena);
    expect_steps(file, golden_file_member(file, name), &plan, kernels, arena);
    arena_destroy(arena);
}

static void expect_adafactor(const char *name, bool parameter_scale, const Kernels *kernels)
{
    Arena *arena = golden_arena();
    const Json *file = golden_file_open(ADAFACTOR, arena);
    OptimizerPlan plan = plan_of(file, SCHEDULE_INVERSE_SQRT);
    read_settings(&plan.adafactor, &optimizer_adafactor_table,
                  golden_file_member(file, "adafactor"), arena);
    plan.adafactor.present = true;
    plan.adafactor.parameter_scale = parameter_scale;
    expect_steps(file, golden_file_member(file, name), &plan, kernels, arena);
    arena_destroy(arena);
}

Test(optimizer_golden, plain_kernels_follow_warmup_and_cosine)
{
    expect_adam("warmup_cosine", "adam", SCHEDULE_WARMUP_COSINE, &kernels_plain);
}

Test(optimizer_golden, fast_kernels_follow_warmup_and_cosine)
{
    expect_adam("warmup_cosine", "adam", SCHEDULE_WARMUP_COSINE, &kernels_fast);
}

Test(optimizer_golden, plain_kernels_follow_warmup_and_linear_decay)
{
    expect_adam("warmup_linear", "adam", SCHEDULE_WARMUP_LINEAR, &kernels_plain);
}

Test(optimizer_golden, fast_kernels_follow_warmup_and_linear_decay)
{
    expect_adam("warmup_linear", "adam", SCHEDULE_WARMUP_LINEAR, &kernels_fast);
}

Test(optimizer_golden, plain_kernels_follow_bert)
{
    expect_adam("bert", "bert_adam", SCHEDULE_LINEAR_AFTER_WARMUP, &kernels_plain);
}

Test(optimizer_golden, fast_kernels_follow_bert)
{
    expect_adam("bert", "bert_adam", SCHEDULE_LINEAR_AFTER_WARMUP, &kernels_fast);
}

Test(optimizer_golden, plain_kernels_follow_adafactor)
{
    expect_adafactor("scaled", true, &kernels_plain);
    expect_adafactor("unscaled", false, &kernels_plain);
}

Test(optimizer_golden, fast_kernels_follow_adafactor)
{
    expect_adafactor("scaled", true, &kernels_fast);
    expect_adafactor("unscaled", false, &kernels_fast);
}
