/* A whole training step (forward, backward, dropout, clipping, Adam) against its matrix products alone,
 * both measured in turn in one run, so that the noise of the machine falls on both alike. One row for each
 * architecture, of scale `small`. The product of an lstm's states is one of all rows here, as if no
 * step waited for another.
 *
 *     build/float/bench_step                      JSON on standard output */
#include <stdio.h>
#include <stdlib.h>

#include "base/parallel.h"
#include "kernels/gemm.h"
#include "learner/learner.h"
#include "learner/tied_softmax.h"
#include "train/optimizer.h"
#include "model/gpt.h"
#include "model/lstm.h"
#include "timing.h"

enum { L = 4, C = 256, T = 128, B = 16, V = 8192, N = B * T, UNITS = 744 };
enum { N_ROUNDS = 9 };
static const double BUDGET_SECONDS = 0.8;

static GptSpec gpt_spec = {.n_layer = L,
                           .n_head = 4,
                           .n_channel = C,
                           .n_context = T,
                           .dropout = 0.1,
                           .attention_dropout = 0.1};
static LstmSpec lstm_spec = {
    .n_layer = 1, .n_hidden = UNITS, .n_channel = C, .n_context = T, .dropout = 0.1};

typedef struct Product {
    int I, O, times; /* of a linear map [N,I] -> [N,O]; each also has two products backward */
} Product;

static const struct Subject {
    const char *name, *shape;
    SpecEntryChoice model;
    Product products[6]; /* up to one without rows */
} subjects[] = {
    {"gpt",
     "L4 C256 H4 T128 B16 V8192",
     {&gpt.entry, &gpt_spec},
     {{C, 3 * C, L}, {C, C, L}, {C, 4 * C, L}, {4 * C, C, L}, {C, V, 1}}},
    {"lstm",
     "L1 C256 H744 T128 B16 V8192",
     {&lstm.entry, &lstm_spec},
     {{C, 4 * UNITS, 1}, {UNITS, 4 * UNITS, 1}, {UNITS, C, 1}, {C, V, 1}}},
};
enum { N_SUBJECTS = sizeof subjects / sizeof *subjects };
typedef struct Subject Subject;

/* --- the matrix products of a step --------------------------------------------------------------- */

typedef struct ProductWork {
    const Product *products;
    real *x, *W, *y;
} ProductWork;

static void product_work(void *context)
{
    const ProductWork *work = context;
    for (const Product *product = work->products; product->I > 0; product++)
        for (int time = 0; time < product->times; time++) {
            const int I = product->I, O = product->O, rows = O == V ? CROSS_ENTROPY_CHUNK : N;
            for (int n = 0; n < N; n += rows) {
                gemm_fast(work->y, work->x, work->W, (GemmShape){.M = rows, .N = O, .K = I});
                gemm_fast(work->x, work->y, work->W,
                          (GemmShape){.M = rows, .N = I, .K = O, .transpose_b = true});
                gemm_fast(work->W, work->x, work->y,
                          (GemmShape){.M = I, .N = O, .K = rows, .transpose_a = true});
            }
        }
}

static double product_flops(const Product *product)
{
    double flops = 0;
    for (; product->I > 0; product++) flops += 6.0 * N * product->I * product->O * product->times;
    return flops;
}

_Static_assert(CROSS_ENTROPY_CHUNK *V <= N * 4 * UNITS && V * C <= UNITS * 4 * UNITS &&
                   UNITS <= 4 * C,
               "the widest of each");

static bool product_memory(ProductWork *work, const Product *products, Arena *arena, Error *err)
{
    *work = (ProductWork){
        .products = products,
        .x = arena_alloc(arena, (size_t)N * 4 * C, sizeof(real), err),
        .W = arena_alloc(arena, (size_t)UNITS * 4 * UNITS, sizeof(real), err),
        .y = arena_alloc(arena, (size_t)N * 4 * UNITS, sizeof(real), err),
    };
    return work->x && work->W && work->y;
}

/* --- the whole step ------------------------------------------------------------------------------- */

typedef struct StepWork {
    Learner learner;
    OptimizerPlan plan;
    int token[N], target[N], start[B + 1];
    int64_t update;
} StepWork;

static void step_work(void *context)
{
    StepWork *work = context;
    Learner *learner = &work->learner;
    RngKey key = rng_key(1, RNG_DROPOUT, (uint64_t)work->update);
    Batch batch = learner_batch(learner, work->token, work->start, B);
    learner_zero_gradients(learner);
    learner_forward(learner, &batch, true, key);
    real *dstates = learner_state_gradients(learner, &batch);
    tied_softmax_loss(learner, &batch, work->target, learner->row_weight, dstates);
    learner_backward(learner, &batch, key);
    optimizer_step(&work->plan, work->update++, learner->kernels, &learner->weights_table,
                   learner->weights, learner->m, learner->v, learner->gradients);
}

static bool step_memory(StepWork *work, const SpecEntryChoice *model, Arena *arena, Error *err)
{
    LearnerSetup setup = {.model = model,
                          .kernels = &kernels_fast,
                          .n_vocab = V,
                          .max_rows = N,
                          .max_sequences = B,
                          .training = true};
    work->plan = (OptimizerPlan){
        .adam =
            {.beta1 = 0.9, .beta2 = 0.999, .epsilon = 1e-8, .weight_decay = 0.01, .clip_norm = 1},
        .learning_rate = 2.5e-4,
        .schedule = SCHEDULE_WARMUP_COSINE,
        .updates = 1000000,
    };
    if (!learner_create(&work->learner, &setup, arena, err)) return false;
    tensors_initialize(&work->learner.weights_table, work->learner.weights, 1);
    for (int n = 0; n < N; n++) {
        work->token[n] = (int)rng_below(rng_key(1, RNG_TEST, 0), (uint64_t)n, V);
        work->target[n] = (int)rng_below(rng_key(1, RNG_TEST, 1), (uint64_t)n, V);
        work->learner.row_weight[n] = (real)(1.0 / N);
    }
    for (int b = 0; b <= B; b++) work->start[b] = b * T;
    return true;
}

/* --- both ------------------------------------------------------------------------------------------ */

typedef struct Times {
    double product_seconds, step_seconds, ratio; /* medians over the rounds */
} Times;

static bool measure(Times *times, const Subject *subject, Arena *arena, Error *err)
{
    double ratio[N_ROUNDS], step_seconds[N_ROUNDS], product_seconds[N_ROUNDS];
    const int n_rounds = timing_once() ? 1 : N_ROUNDS;
    ProductWork product;
    StepWork *step = arena_alloc(arena, 1, sizeof *step, err);
    if (!step || !product_memory(&product, subject->products, arena, err) ||
        !step_memory(step, &subject->model, arena, err))
        return false;
    for (int round = 0; round < n_rounds; round++) {
        product_seconds[round] =
            timing_measure(product_work, &product, BUDGET_SECONDS).median_seconds;
        step_seconds[round] = timing_measure(step_work, step, BUDGET_SECONDS).median_seconds;
        ratio[round] = product_seconds[round] / step_seconds[round];
    }
    *times = (Times){timing_median(product_seconds, n_rounds),
                     timing_median(step_seconds, n_rounds), timing_median(ratio, n_rounds)};
    return true;
}

static bool measure_alone(Times *times, const Subject *subject, Error *err)
{
    Arena *arena = arena_create("subject", err);
    bool done = arena && measure(times, subject, arena, err);
    arena_destroy(arena);
    return done;
}

static bool write_times(Json *json, const Subject *subject, const Times *times, Arena *arena,
                        Error *err)
{
    const double gflop = 1e-9 * product_flops(subject->products);
    return json_set(json, "shape", json_new_text(subject->shape, arena, err), err) &&
           json_set(json, "rounds", json_new_integer(N_ROUNDS, arena, err), err) &&
           json_set(json, "products_gflop", json_new_number(gflop, arena, err), err) &&
           json_set(json, "products_seconds", json_new_number(times->product_seconds, arena, err),
                    err) &&
           json_set(json, "step_seconds", json_new_number(times->step_seconds, arena, err), err) &&
           json_set(json, "tokens_a_second", json_new_number(N / times->step_seconds, arena, err),
                    err) &&
           json_set(json, "products_share_of_step", json_new_number(times->ratio, arena, err), err);
}

static bool bench(Arena *arena, Error *err)
{
    Json *json = json_new_object(arena, err);
    if (!json || !json_set(json, "machine", timing_machine(arena, err), err)) return false;
    for (int i = 0; i < N_SUBJECTS; i++) {
        Times times;
        Json *row = json_new_object(arena, err);
        if (!row || !measure_alone(&times, &subjects[i], err) ||
            !write_times(row, &subjects[i], &times, arena, err) ||
            !json_set(json, subjects[i].name, row, err))
            return false;
    }
    const char *text = json_print(json, arena, err);
    return text && fputs(text, stdout) >= 0;
}

int main(void)
{
    Error err = {0};
    Arena *arena = arena_create("bench", &err);
    bool done = arena && gemm_start(&err) && bench(arena, &err);
    if (!done) fprintf(stderr, "%s\n", err.text);
    arena_destroy(arena);
    return done ? 0 : 1;
}
