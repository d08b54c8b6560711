#include "golden_rig.h"

#include <criterion/criterion.h>

#include "../golden_file.h"
#include "../golden_weights.h"

/* One form of the loss, in one back end. */
typedef struct Golden {
    const GoldenModel *model;
    Arena *arena;
    const Json *file, *form;
    Rig rig;
} Golden;

static double tolerance_of(const GoldenModel *model, const char *name)
{
    const double double_tolerance = 1e-11;
    if (sizeof(real) == sizeof(double)) return double_tolerance;
    for (const GoldenTolerance *row = model->float_tolerances; row->ending; row++)
        if (golden_weights_ends_with(name, row->ending)) return row->tolerance;
    cr_assert_fail("no tolerance for '%s'", name);
    return 0;
}

static void expect_near(Golden *golden, const real *found, size_t n, const Json *in,
                        const char *name)
{
    const double deviation =
        golden_file_deviation(found, n, golden_file_member(in, name), golden->arena);
    cr_expect_lt(deviation, tolerance_of(golden->model, name), "%s %s: deviation %.2g",
                 golden->rig.kernels->name, name, deviation);
    cr_log_info("%s %s %s: deviation %.2g", REAL_NAME, golden->rig.kernels->name, name, deviation);
}

/* --- before the pass ---------------------------------------------------------------------------- */

static const void *spec_of(const Golden *golden)
{
    Error err = {0};
    const SpecTable *table = golden->model->architecture->entry.table;
    void *spec = arena_alloc(golden->arena, 1, table->size, &err);
    Json *model = json_clone(golden_file_member(golden->file, "model"), golden->arena, &err);
    cr_assert(spec && model, "%s", err.text);
    json_remove(model, "architecture"); /* the key that names the registry's row */
    const SpecReader reader = {golden->model->path, golden->arena, &err};
    cr_assert(spec_read(spec, table, model, &reader, "$.model"), "%s", err.text);
    return spec;
}

/* The mean of the row losses: over all rows (`by_sequence` false), or over the rows of each sequence, then
 * over the sequences; times `coefficient`. */
static Objective language_model(const Golden *golden, bool by_sequence, double coefficient)
{
    Error err = {0};
    const Batch *batch = &golden->rig.batch;
    int *target = golden_file_ints(golden_file_member(golden->form, "target"), golden->arena);
    real *weight = arena_alloc(golden->arena, (size_t)batch->target.N, sizeof *weight, &err);
    cr_assert(weight, "%s", err.text);
    for (int s = 0; s < batch->S; s++) {
        const int first = batch->target.start[s], end = batch->target.start[s + 1];
        int n_targets = 0;
        for (int n = first; n < end; n++) n_targets += target[n] >= 0;
        const double mean = by_sequence ? (double)batch->S * n_targets : batch->target.N;
        for (int n = first; n < end; n++) weight[n] = (real)(coefficient / mean);
    }
    return (Objective){.target = target, .weight = weight};
}

/* A stream of the form, its lists found by these names. */
static Stream read_stream(const Golden *golden, const char *token, const char *start, int S)
{
    int *length = golden_file_ints(golden_file_member(golden->form, start), golden->arena);
    for (int s = 0; s < S; s++) length[s] = length[s + 1] - length[s];
    Stream stream = rig_batch(golden->arena, length, S).target;
    stream.token = golden_file_ints(golden_file_member(golden->form, token), golden->arena);
    return stream;
}

static void begin(Golden *golden, const GoldenModel *model, const char *form, bool has_head,
                  const Kernels *kernels)
{
    Error err = {0};
    Arena *arena = arena_create("golden", &err);
    cr_assert(arena, "%s", err.text);
    const Json *file = golden_file_open(model->path, arena);
    *golden = (Golden){
        .model = model, .arena = arena, .file = file, .form = golden_file_member(file, form)};

    const int S = (int)json_size(golden_file_member(golden->form, "start")) - 1;
    Batch batch = {.S = S, .target = read_stream(golden, "token", "start", S)};
    if (model->architecture->reads_source)
        rig_look(&batch, read_stream(golden, "source", "source_start", S));
    rig_create(&golden->rig, model->architecture, spec_of(golden),
               (int)json_int(golden_file_member(file, "n_vocab")),
               has_head ? (int)json_int(golden_file_member(file, "n_class")) : 0, kernels, &batch);
    golden_weights_fill(&golden->rig.weights_table, golden->rig.weights);
}

static void end(Golden *golden)
{
    rig_destroy(&golden->rig);
    arena_destroy(golden->arena);
}

/* --- the pass ------------------------------------------------------------------------------------- */

static void expect_pass(Golden *golden)
{
    Error err = {0};
    Rig *rig = &golden->rig;
    const real loss = (real)rig_backward(rig);
    const size_t N = (size_t)rig->batch.target.N, n_logits = N * (size_t)rig->n_vocab;
    real *logits = arena_alloc(golden->arena, n_logits, sizeof *logits, &err);
    cr_assert(logits, "%s", err.text);
    rig_logits(rig, logits);
    expect_near(golden, &loss, 1, golden->form, "loss");
    if (json_get(golden->form, "states")) /* of a library that gives them */
        expect_near(golden, rig_states(rig), N * (size_t)rig->C, golden->form, "states");
    expect_near(golden, rig->row_loss, N, golden->form, "row_loss");
    expect_near(golden, logits, n_logits, golden->form, "logits");

    const Json *gradients = golden_file_member(golden->form, "gradients");
    cr_expect_eq(json_size(gradients), (size_t)rig->weights_table.n, "every tensor has a gradient");
    for (int i = 0; i < rig->weights_table.n; i++) {
        const TensorInfo *tensor = &rig->weights_table.items[i];
        expect_near(golden, rig->gradients + tensor->offset, tensor->n, gradients, tensor->name);
    }
}

void golden_rig_language_model(const GoldenModel *model, const Kernels *kernels)
{
    Golden golden;
    begin(&golden, model, "language_model", false, kernels);
    golden.rig.objective = language_model(&golden, false, 1.0);
    expect_pass(&golden);
    end(&golden);
}

void golden_rig_classification(const GoldenModel *model, const Kernels *kernels)
{
    Golden golden;
    Error err = {0};
    begin(&golden, model, "classification", true, kernels);
    const Batch *batch = &golden.rig.batch;
    int *last = arena_alloc(golden.arena, (size_t)batch->S, sizeof *last, &err);
    cr_assert(last, "%s", err.text);
    for (int s = 0; s < batch->S; s++) last[s] = batch->target.start[s + 1] - 1;
    Objective objective = language_model(
        &golden, true, json_number(golden_file_member(golden.file, "lm_coefficient")));
    objective.pooled = last;
    objective.label = golden_file_ints(golden_file_member(golden.form, "label"), golden.arena);
    objective.G = batch->S;
    golden.rig.objective = objective;
    expect_pass(&golden);
    const size_t S = (size_t)batch->S, n_class = (size_t)golden.rig.n_class;
    expect_near(&golden, golden.rig.outputs, S * n_class, golden.form, "outputs");
    expect_near(&golden, golden.rig.class_loss, S, golden.form, "class_loss");
    end(&golden);
}
