#include "train/rate.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/interrupt.h"
#include "train/pretrain_step.h"
#include "train/trial.h"

/* Every update does the same work: a rate of 0 leaves the weights as they are. */
static PretrainSpec spec_of(const RateJob *job)
{
    int64_t length = architecture_of(job->model)->shape(job->model->spec).n_context;
    int64_t batch = job->n_tokens / length;
    return (PretrainSpec){
        .present = true,
        .objective = objectives_for(architecture_of(job->model)),
        .tokens = job->n_tokens,
        .batch = batch,
        .micro_batch = batch,
        .partial_sums = 1,
        .learning_rate = 0.0,
        .schedule = SCHEDULE_WARMUP_CONSTANT,
        .adam = {.beta1 = 0.9,
                 .beta2 = 0.999,
                 .epsilon = 1e-8,
                 .clip_norm = 1.0,
                 .bias_correction = true},
        .seed = 1,
    };
}

LearnerSetup rate_setup(const RateJob *job)
{
    PretrainSpec spec = spec_of(job);
    return pretrain_setup(&spec, job->model, job->kernels, (TextTokens){.n = job->n_text});
}

static bool time_updates(double *tokens_a_second, PretrainStep *step, Error *err)
{
    double begun = clock_seconds(), elapsed, tokens = 0;
    do {
        UpdateReport unused;
        if (!interrupt_check(err) || !pretrain_step_run(&unused, step, 0, err)) return false;
        tokens += (double)step->n_positions;
        elapsed = clock_seconds() - begun;
    } while (elapsed < RATE_LEAST_SECONDS);
    *tokens_a_second = tokens / elapsed;
    return true;
}

bool rate_measure(double *tokens_a_second, const RateJob *job, Error *err)
{
    Arena *arena = arena_create("training rate", err);
    if (!arena) return false;
    PretrainSpec spec = spec_of(job);
    TrialJob trial;
    PretrainStep step;
    double unused;
    bool ok = trial_make_job(&trial, &spec, job->model, job->kernels, job->n_text, arena, err) &&
              pretrain_step_create(&step, &trial.job, arena, err) &&
              time_updates(&unused, &step, err);
    for (int i = 0; i < job->n_timings && ok; i++)
        ok = time_updates(&tokens_a_second[i], &step, err);
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
