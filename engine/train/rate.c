#include "train/rate.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/interrupt.h"

static const double LEAST_SECONDS = 0.1;

LearnerSetup rate_setup(const RateJob *job)
{
    int length = architecture_of(job->model)->shape(job->model->spec).n_context;
    return (LearnerSetup){.model = job->model,
                          .kernels = job->kernels,
                          .n_vocab = job->n_vocab,
                          .max_rows = job->n_tokens,
                          .max_sequences = job->n_tokens / length,
                          .training = true};
}

typedef struct Run {
    Learner learner;
    Batch batch;
    OptimizerPlan plan;
} Run;

static bool prepare(Run *run, const RateJob *job, Arena *arena, Error *err)
{
    LearnerSetup setup = rate_setup(job);
    Learner *learner = &run->learner;
    if (!learner_create(learner, &setup, arena, err)) return false;
    tensors_initialize(&learner->weights_table, learner->weights, 1);
    int *token = arena_alloc(arena, (size_t)job->n_tokens, sizeof(int), err);
    int *start = arena_alloc(arena, (size_t)setup.max_sequences + 1, sizeof(int), err);
    if (!token || !start) return false;
    RngKey key = rng_key(1, RNG_SAMPLE, 0);
    for (int i = 0; i < job->n_tokens; i++) {
        token[i] = (int)rng_below(key, 2 * (uint64_t)i, (uint64_t)job->n_vocab);
        learner->target[i] = (int)rng_below(key, 2 * (uint64_t)i + 1, (uint64_t)job->n_vocab);
        learner->row_weight[i] = (real)(1.0 / job->n_tokens);
    }
    for (int s = 0; s <= setup.max_sequences; s++) start[s] = s * learner->shape.n_context;
    run->batch = learner_batch(learner, token, start, setup.max_sequences);
    run->plan = (OptimizerPlan){.adam = {0.9, 0.999, 1e-8, 0.01, 1.0},
                                .learning_rate = 0.0,
                                .schedule = SCHEDULE_WARMUP_CONSTANT,
                                .updates = 1};
    return true;
}

static void one_update(Run *run)
{
    Learner *learner = &run->learner;
    RngKey key = rng_key(1, RNG_DROPOUT, 0);
    learner_zero_gradients(learner);
    learner_forward(learner, &run->batch, true, key);
    real *dstates = learner_state_gradients(learner, &run->batch);
    learner_language_model(learner, &run->batch, learner->target, learner->row_weight, dstates);
    learner_backward(learner, &run->batch, key);
    optimizer_step(&run->plan, 0, learner->kernels, &learner->weights_table, learner->weights,
                   learner->m, learner->v, learner->gradients);
}

static bool time_updates(double *tokens_a_second, Run *run, Error *err)
{
    double begun = clock_seconds(), elapsed;
    int n = 0;
    do {
        if (!interrupt_check(err)) return false;
        one_update(run);
        n++;
        elapsed = clock_seconds() - begun;
    } while (elapsed < LEAST_SECONDS);
    *tokens_a_second = (double)n * run->batch.N / elapsed;
    return true;
}

bool rate_measure(double *tokens_a_second, const RateJob *job, Error *err)
{
    Arena *arena = arena_create("training rate", err);
    Run run;
    double unused;
    bool ok = arena && prepare(&run, job, arena, err) && time_updates(&unused, &run, err);
    for (int i = 0; i < job->n_timings && ok; i++)
        ok = time_updates(&tokens_a_second[i], &run, err);
    arena_destroy(arena);
    return ok;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double rate_median(const double *tokens_a_second, int n, double *scratch)
{
    memcpy(scratch, tokens_a_second, (size_t)n * sizeof(double));
    qsort(scratch, (size_t)n, sizeof(double), by_value);
    return (scratch[(n - 1) / 2] + scratch[n / 2]) / 2;
}
