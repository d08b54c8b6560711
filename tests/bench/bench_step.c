/* A whole training step (forward, backward, dropout, clipping, Adam) against its floor (floor.h), in both
 * precisions, measured in turn in one run, so that the noise of the machine falls on all alike.
 *
 *     build/float/bench_step [SHAPE]              JSON on standard output */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/host.h"
#include "base/parallel.h"
#include "floor.h"
#include "kernels/gemm_fp32.h"
#include "learner/learner.h"
#include "learner/tied_softmax.h"
#include "train/optimizer.h"
#include "model/gpt.h"
#include "model/lstm.h"
#include "timed_kernels.h"
#include "timing.h"

typedef struct Subject {
    const char *name, *text;
    FloorShape shape;
    int rounds;
} Subject;

static const Subject subjects[] = {
    {"small", "L4 C256 H4 T128 B16 V8192", {4, 256, 4, 128, 16, 8192, 0}, 9},
    {"medium", "L6 C384 H6 T256 B8 V16384", {6, 384, 6, 256, 8, 16384, 0}, 5},
    {"paper", "L12 C768 H12 T512 B4 V40478", {12, 768, 12, 512, 4, 40478, 0}, 3},
    {"lstm", "L1 C256 H744 T128 B16 V8192", {1, 256, 0, 128, 16, 8192, 744}, 9},
};
enum { N_SUBJECTS = sizeof subjects / sizeof *subjects };
static const double BUDGET_SECONDS = 0.8;

/* --- the whole step ------------------------------------------------------------------------------- */

typedef struct Models {
    GptSpec gpt;
    LstmSpec lstm;
    SpecEntryChoice model;
} Models;

static const SpecEntryChoice *model_of(Models *models, const FloorShape *shape)
{
    models->gpt = (GptSpec){.n_layer = shape->L,
                            .n_head = shape->H,
                            .n_channel = shape->C,
                            .n_context = shape->T,
                            .dropout = 0.1,
                            .attention_dropout = 0.1};
    models->lstm = (LstmSpec){.n_layer = shape->L,
                              .n_hidden = shape->units,
                              .n_channel = shape->C,
                              .n_context = shape->T,
                              .dropout = 0.1};
    models->model = shape->units > 0 ? (SpecEntryChoice){&lstm.entry, &models->lstm}
                                     : (SpecEntryChoice){&gpt.entry, &models->gpt};
    return &models->model;
}

typedef struct StepWork {
    Learner learner;
    OptimizerPlan plan;
    int *token, *target, *start, n_sequences;
    int64_t update;
} StepWork;

static void step_work(void *context)
{
    StepWork *work = context;
    Learner *learner = &work->learner;
    RngKey key = rng_key(1, RNG_DROPOUT, (uint64_t)work->update);
    Batch batch = learner_batch(learner, work->token, work->start, work->n_sequences);
    learner_zero_gradients(learner);
    learner_forward(learner, &batch, true, key);
    real *dstates = learner_state_gradients(learner, &batch);
    tied_softmax_loss(learner, &batch, work->target, learner->row_weight, dstates);
    learner_backward(learner, &batch, key);
    optimizer_step(&work->plan, work->update++, learner->kernels, &learner->weights_table,
                   learner->weights, learner->m, learner->v, learner->gradients);
}

static bool fill_batch(StepWork *work, const FloorShape *shape, Arena *arena, Error *err)
{
    const int N = shape->B * shape->T;
    work->n_sequences = shape->B;
    work->token = arena_alloc(arena, (size_t)N, sizeof(int), err);
    work->target = arena_alloc(arena, (size_t)N, sizeof(int), err);
    work->start = arena_alloc(arena, (size_t)shape->B + 1, sizeof(int), err);
    if (!work->token || !work->target || !work->start) return false;
    for (int n = 0; n < N; n++) {
        work->token[n] = (int)rng_below(rng_key(1, RNG_TEST, 0), (uint64_t)n, (uint64_t)shape->V);
        work->target[n] = (int)rng_below(rng_key(1, RNG_TEST, 1), (uint64_t)n, (uint64_t)shape->V);
        work->learner.row_weight[n] = (real)(1.0 / N);
    }
    for (int b = 0; b <= shape->B; b++) work->start[b] = b * shape->T;
    return true;
}

static bool step_create(StepWork *work, const Models *models, const FloorShape *shape, Arena *arena,
                        Error *err)
{
    LearnerSetup setup = {.model = &models->model,
                          .kernels = &kernels_fast,
                          .n_vocab = shape->V,
                          .max_rows = shape->B * shape->T,
                          .max_sequences = shape->B,
                          .training = true};
    *work = (StepWork){
        .plan = {.adam = {.beta1 = 0.9,
                          .beta2 = 0.999,
                          .epsilon = 1e-8,
                          .weight_decay = 0.01,
                          .clip_norm = 1,
                          .bias_correction = true},
                 .learning_rate = 2.5e-4,
                 .schedule = SCHEDULE_WARMUP_COSINE,
                 .updates = 1000000},
    };
    if (!learner_create(&work->learner, &setup, arena, err)) return false;
    tensors_initialize(&work->learner.weights_table, work->learner.weights, 1);
    return fill_batch(work, shape, arena, err);
}

/* --- both ------------------------------------------------------------------------------------------ */

enum { MOST_ROUNDS = 9, N_PRECISIONS = PRECISION_BF16 + 1, MOST_ACCOUNTS = 16 };

/* By round, then medians. */
typedef struct Times {
    double floor_seconds[MOST_ROUNDS];
    double step_seconds[N_PRECISIONS][MOST_ROUNDS], ratio[N_PRECISIONS][MOST_ROUNDS];
    double flops;
    int n;
    TimedKernel account[N_PRECISIONS][MOST_ACCOUNTS]; /* of one step, by falling seconds */
    int n_accounts;
    double product_rate[N_PRECISIONS], memory_rate; /* limits: operations and bytes a second */
} Times;

/* --- where the time goes: one step more, with an account for each kernel, and what limits a kernel -------- */

enum { LIMIT_SIZE = 1024, LIMIT_BYTES = 1 << 27 };

typedef struct Limit {
    const Kernels *kernels;
    real *a, *b, *c;
} Limit;

static void limit_product(void *context)
{
    const Limit *limit = context;
    limit->kernels->products.whole(limit->c, limit->a, limit->b,
                                   (GemmShape){.M = LIMIT_SIZE, .N = LIMIT_SIZE, .K = LIMIT_SIZE});
}

/* Reads two values and writes one: the fastest that many values can pass. */
static void limit_memory(void *context)
{
    const Limit *limit = context;
    limit->kernels->accumulate(limit->a, limit->b, LIMIT_BYTES / sizeof(real));
}

static bool measure_limits(Times *times, Arena *arena, Error *err)
{
    const size_t n = LIMIT_BYTES / sizeof(real);
    Limit limit = {.kernels = &kernels_fast,
                   .a = arena_alloc(arena, n, sizeof(real), err),
                   .b = arena_alloc(arena, n, sizeof(real), err),
                   .c = arena_alloc(arena, n, sizeof(real), err)};
    if (!limit.a || !limit.b || !limit.c) return false;
    times->memory_rate =
        3.0 * LIMIT_BYTES / timing_measure(limit_memory, &limit, BUDGET_SECONDS).median_seconds;
    for (int p = 0; p < N_PRECISIONS; p++) {
        limit.kernels = kernels_in(&kernels_fast, (Precision)p);
        times->product_rate[p] =
            2.0 * LIMIT_SIZE * LIMIT_SIZE * LIMIT_SIZE /
            timing_measure(limit_product, &limit, BUDGET_SECONDS).median_seconds;
    }
    return true;
}

static void account_for(Times *times, StepWork *step)
{
    for (int p = 0; p < N_PRECISIONS; p++) {
        step->learner.kernels = timed_kernels(kernels_in(&kernels_fast, (Precision)p));
        step_work(step);
        const TimedKernel *account = timed_kernels_accounts(&times->n_accounts);
        memcpy(times->account[p], account, (size_t)times->n_accounts * sizeof *account);
    }
}

static bool measure(Times *times, const Subject *subject, Arena *arena, Error *err)
{
    Models models;
    Floor products;
    StepWork step;
    model_of(&models, &subject->shape);
    times->n = timing_once() ? 1 : subject->rounds;
    if (!floor_create(&products, &subject->shape, arena, err) ||
        !step_create(&step, &models, &subject->shape, arena, err) ||
        !kernels_in(&kernels_fast, PRECISION_BF16)->start(err))
        return false;
    times->flops = floor_flops(&products);
    for (int i = 0; i < times->n; i++) {
        times->floor_seconds[i] =
            timing_measure(floor_run, &products, BUDGET_SECONDS).median_seconds;
        for (int p = 0; p < N_PRECISIONS; p++) {
            step.learner.kernels = kernels_in(&kernels_fast, (Precision)p);
            times->step_seconds[p][i] =
                timing_measure(step_work, &step, BUDGET_SECONDS).median_seconds;
            times->ratio[p][i] = times->floor_seconds[i] / times->step_seconds[p][i];
        }
    }
    account_for(times, &step);
    return measure_limits(times, arena, err);
}

/* Of each kernel: its share of the step, and the share of its time that its limits would take, its products at the
 * rate of a large one and what else it passes over at the rate of memory. */
static Json *accounts_json(const Times *times, Precision p, Arena *arena, Error *err)
{
    double all = 0;
    Json *json = json_new_object(arena, err);
    for (int i = 0; i < times->n_accounts; i++) all += times->account[p][i].seconds;
    for (int i = 0; json && i < times->n_accounts; i++) {
        const TimedKernel *account = &times->account[p][i];
        if (account->seconds <= 0) continue;
        const double least =
            account->flops / times->product_rate[p] + account->bytes / times->memory_rate;
        Json *row = json_new_object(arena, err);
        if (!row || !timing_set(row, "share_of_step", account->seconds / all, arena, err) ||
            !timing_set(row, "gflop_a_second", 1e-9 * account->flops / account->seconds, arena,
                        err) ||
            !timing_set(row, "gbyte_a_second", 1e-9 * account->bytes / account->seconds, arena,
                        err) ||
            !timing_set(row, "share_of_limit", least / account->seconds, arena, err) ||
            !json_set(json, account->name, row, err))
            return NULL;
    }
    return json;
}

static Json *times_json(Times *times, const Subject *subject, Arena *arena, Error *err)
{
    const int N = subject->shape.B * subject->shape.T;
    Json *json = json_new_object(arena, err);
    bool ok = json && json_set(json, "shape", json_new_text(subject->text, arena, err), err) &&
              json_set(json, "rounds", json_new_integer(times->n, arena, err), err) &&
              timing_set(json, "floor_gflop", 1e-9 * times->flops, arena, err) &&
              timing_set(json, "floor_seconds", timing_median(times->floor_seconds, times->n),
                         arena, err);
    for (int p = 0; ok && p < N_PRECISIONS; p++) {
        Json *row = json_new_object(arena, err);
        const double seconds = timing_median(times->step_seconds[p], times->n);
        ok = row && timing_set(row, "step_seconds", seconds, arena, err) &&
             timing_set(row, "tokens_a_second", N / seconds, arena, err) &&
             timing_set(row, "floor_share", timing_median(times->ratio[p], times->n), arena, err) &&
             timing_set(row, "large_product_gflop_a_second", 1e-9 * times->product_rate[p], arena,
                        err) &&
             timing_set(row, "share_of_large_product",
                        times->flops / seconds / times->product_rate[p], arena, err) &&
             json_set(row, "kernels", accounts_json(times, (Precision)p, arena, err), err) &&
             json_set(json, kernels_precision_words[p], row, err);
    }
    return ok ? json : NULL;
}

static Json *subject_json(const Subject *subject, Arena *arena, Error *err)
{
    Times times;
    Arena *alone = arena_create("subject", err);
    bool done = alone && measure(&times, subject, alone, err);
    arena_destroy(alone);
    return done ? times_json(&times, subject, arena, err) : NULL;
}

static bool bench(const char *only, Arena *arena, Error *err)
{
    Json *json = json_new_object(arena, err);
    if (!json || !json_set(json, "machine", timing_machine(arena, err), err)) return false;
    for (int i = 0; i < N_SUBJECTS; i++) {
        if (only && strcmp(only, subjects[i].name) != 0) continue;
        if (timing_once() && subjects[i].rounds < MOST_ROUNDS) continue; /* takes too long */
        Json *row = subject_json(&subjects[i], arena, err);
        if (!row || !json_set(json, subjects[i].name, row, err)) return false;
    }
    const char *text = json_print(json, arena, err);
    return text && fputs(text, stdout) >= 0;
}

int main(int argc, char **argv)
{
    Error err = {0};
    Arena *arena = arena_create("bench", &err);
    bool done = arena && gemm_fp32_start(&err) && bench(argc > 1 ? argv[1] : NULL, arena, &err);
    if (!done) fprintf(stderr, "%s\n", err.text);
    arena_destroy(arena);
    return done ? 0 : 1;
}
