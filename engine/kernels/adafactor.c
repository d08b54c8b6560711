#include "kernels/adafactor.h"
#include <tgmath.h>
#include "base/parallel.h"
#include "kernels/norm.h"
#include "kernels/squares.h"
#include "kernels/wide.h"

/* A mean of q that goes on with this one, of the squares alone. */
static real adafactor_next(real mean, double squares, AdafactorStep step)
{
    return (real)((1 - step.share) * (double)mean + step.share * (squares + step.epsilon1));
}

static double adafactor_mean(const real *r, size_t R)
{
    double sum = 0;
    for (size_t i = 0; i < R; i++) sum += (double)r[i];
    return sum / (double)R;
}

/* 1 / sqrt(r_i / mean r) */
static real adafactor_row_factor(real r, double mean)
{
    return (real)(1 / sqrt((double)r / mean));
}

/* What u is multiplied with: of n values, from the sums of their squares. */
static real adafactor_rate(AdafactorStep step, double squares_u, double squares_w, size_t n)
{
    const double over = step.clip > 0 ? sqrt(squares_u / (double)n) / step.clip : 0;
    const double scale = step.by_scale ? fmax(step.epsilon2, sqrt(squares_w / (double)n)) : 1;
    return (real)(step.rate * scale / fmax(1, over));
}

static double adafactor_square(real x)
{
    return (double)x * (double)x;
}

static void adafactor_rows_plain(real *r, const real *gradient, AdafactorStep step, size_t R,
                                 size_t C)
{
    for (size_t i = 0; i < R; i++) {
        double sum = 0;
        for (size_t j = 0; j < C; j++) sum += adafactor_square(gradient[i * C + j]);
        r[i] = adafactor_next(r[i], sum / (double)C, step);
    }
}

static void adafactor_columns_plain(real *c, const real *gradient, AdafactorStep step, size_t R,
                                    size_t C)
{
    for (size_t j = 0; j < C; j++) {
        double sum = 0;
        for (size_t i = 0; i < R; i++) sum += adafactor_square(gradient[i * C + j]);
        c[j] = adafactor_next(c[j], sum / (double)R, step);
    }
}

void adafactor_update_plain(real *weight, real *v, const real *gradient, AdafactorStep step,
                            size_t R, size_t C)
{
    const bool factored = R > 1;
    const real *r = v;
    real *c = v + (factored ? R : 0);
    double mean = 1, squares = 0;
    if (factored) {
        adafactor_rows_plain(v, gradient, step, R, C);
        mean = adafactor_mean(r, R);
    }
    adafactor_columns_plain(c, gradient, step, R, C);
    for (size_t i = 0; i < R; i++) {
        const real factor = factored ? adafactor_row_factor(r[i], mean) : 1;
        for (size_t j = 0; j < C; j++)
            squares += adafactor_square(gradient[i * C + j] * factor / sqrt(c[j]));
    }
    const real rate = adafactor_rate(step, squares, norm_squared_plain(weight, R * C), R * C);
    for (size_t i = 0; i < R; i++) {
        const real factor = factored ? adafactor_row_factor(r[i], mean) : 1;
        for (size_t j = 0; j < C; j++)
            weight[i * C + j] -= rate * (gradient[i * C + j] * factor / sqrt(c[j]));
    }
}

/* --- fast: r and c by rows and by columns; u in runs of a row, whose sums of squares are added in order ---------- */

enum {
    ADAFACTOR_ROWS = 16,      /* a piece */
    ADAFACTOR_COLUMNS = 1024, /* a piece; at most so many values are a run */
    ADAFACTOR_RUNS = 16,      /* a piece */
    ADAFACTOR_SUMS = 2048,    /* runs whose sums are kept at a time */
};

typedef struct AdafactorJob {
    real *weight, *c;
    real *r; /* NULL: a single row */
    const real *gradient;
    AdafactorStep step;
    size_t R, C, runs_a_row;
    double mean; /* of r */
    real rate;
    size_t first; /* run, whose sum is sum[0] */
    double sum[ADAFACTOR_SUMS];
} AdafactorJob;

WIDE static void adafactor_rows(void *context, size_t begin, size_t end, int thread)
{
    (void)thread;
    const AdafactorJob *job = context;
    for (size_t i = begin; i < end; i++) {
        const double squares = squares_sum(job->gradient + i * job->C, job->C);
        job->r[i] = adafactor_next(job->r[i], squares / (double)job->C, job->step);
    }
}

WIDE static void adafactor_columns(void *context, size_t begin, size_t end, int thread)
{
    (void)thread;
    const AdafactorJob *job = context;
    double sum[ADAFACTOR_COLUMNS] = {0};
    for (size_t i = 0; i < job->R; i++) {
        const real *row = job->gradient + i * job->C + begin;
        for (size_t j = 0; j < end - begin; j++) sum[j] += (double)row[j] * (double)row[j];
    }
    for (size_t j = begin; j < end; j++)
        job->c[j] = adafactor_next(job->c[j], sum[j - begin] / (double)job->R, job->step);
}

typedef struct AdafactorRun {
    size_t at; /* in the matrix */
    size_t n;
    const real *c;
    real factor; /* of its row */
} AdafactorRun;

static AdafactorRun adafactor_run(const AdafactorJob *job, size_t run)
{
    const size_t i = run / job->runs_a_row, j = run % job->runs_a_row * ADAFACTOR_COLUMNS;
    return (AdafactorRun){
        .at = i * job->C + j,
        .n = job->C - j < ADAFACTOR_COLUMNS ? job->C - j : ADAFACTOR_COLUMNS,
        .c = job->c + j,
        .factor = job->r ? adafactor_row_factor(job->r[i], job->mean) : 1,
    };
}

WIDE static void adafactor_squares(void *context, size_t begin, size_t end, int thread)
{
    (void)thread;
    AdafactorJob *job = context;
    for (size_t item = begin; item < end; item++) {
        const AdafactorRun run = adafactor_run(job, job->first + item);
        const real *gradient = job->gradient + run.at;
        real u[ADAFACTOR_COLUMNS];
        for (size_t j = 0; j < run.n; j++) u[j] = gradient[j] * run.factor / sqrt(run.c[j]);
        job->sum[item] = squares_sum(u, run.n);
    }
}

WIDE static void adafactor_apply(void *context, size_t begin, size_t end, int thread)
{
    (void)thread;
    const AdafactorJob *job = context;
    for (size_t item = begin; item < end; item++) {
        const AdafactorRun run = adafactor_run(job, item);
        const real *restrict gradient = job->gradient + run.at, *restrict c = run.c;
        real *restrict weight = job->weight + run.at;
        for (size_t j = 0; j < run.n; j++)
            weight[j] -= job->rate * (gradient[j] * run.factor / sqrt(c[j]));
    }
}

static double adafactor_squares_fast(AdafactorJob *job, size_t n_runs)
{
    double squares = 0;
    for (job->first = 0; job->first < n_runs; job->first += ADAFACTOR_SUMS) {
        const size_t left = n_runs - job->first, n = left < ADAFACTOR_SUMS ? left : ADAFACTOR_SUMS;
        parallel_for(n, ADAFACTOR_RUNS, adafactor_squares, job);
        for (size_t run = 0; run < n; run++) squares += job->sum[run];
    }
    return squares;
}

void adafactor_update_fast(real *weight, real *v, const real *gradient, AdafactorStep step,
                           size_t R, size_t C)
{
    AdafactorJob job = {
        .weight = weight,
        .r = R > 1 ? v : NULL,
        .c = v + (R > 1 ? R : 0),
        .gradient = gradient,
        .step = step,
        .R = R,
        .C = C,
        .runs_a_row = (C + ADAFACTOR_COLUMNS - 1) / ADAFACTOR_COLUMNS,
        .mean = 1,
    };
    const size_t n_runs = R * job.runs_a_row;
    if (job.r) {
        parallel_for(R, ADAFACTOR_ROWS, adafactor_rows, &job);
        job.mean = adafactor_mean(job.r, R);
    }
    parallel_for(C, ADAFACTOR_COLUMNS, adafactor_columns, &job);
    const double squares = adafactor_squares_fast(&job, n_runs);
    job.rate = adafactor_rate(step, squares, norm_squared_fast(weight, R * C), R * C);
    parallel_for(n_runs, ADAFACTOR_RUNS, adafactor_apply, &job);
}
