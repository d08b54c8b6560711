#include "timing.h"
#include <cblas.h>
#include <stdlib.h>
#include "base/clock.h"
#include "base/host.h"
#include "base/parallel.h"
#include "kernels/gemm_fp32.h"

enum { FEWEST_RUNS = 5, MOST_RUNS = 1000 };

static int ascending(const void *a, const void *b)
{
    const double *left = a, *right = b;
    return (*left > *right) - (*left < *right);
}

double timing_median(double *value, int n)
{
    qsort(value, (size_t)n, sizeof *value, ascending);
    return value[n / 2];
}

bool timing_once(void)
{
    return getenv("BENCH_ONCE") != NULL;
}

Timing timing_measure(TimedWork *work, void *context, double budget_seconds)
{
    double seconds[MOST_RUNS];
    const int fewest = timing_once() ? 1 : FEWEST_RUNS, most = timing_once() ? 1 : MOST_RUNS;
    int n = 0;
    if (!timing_once()) work(context); /* touches memory, fills caches */
    const double begun = clock_seconds();
    while (n < fewest || (n < most && clock_seconds() - begun < budget_seconds)) {
        const double start = clock_seconds();
        work(context);
        seconds[n++] = clock_seconds() - start;
    }
    const double median = timing_median(seconds, n);
    return (Timing){.best_seconds = seconds[0], .median_seconds = median, .n_runs = n};
}

bool timing_set(Json *json, const char *name, double number, Arena *arena, Error *err)
{
    return json_set(json, name, json_new_number(number, arena, err), err);
}

Json *timing_json(Timing timing, Arena *arena, Error *err)
{
    Json *json = json_new_object(arena, err);
    if (!json) return NULL;
    bool set =
        json_set(json, "best_ms", json_new_number(1e3 * timing.best_seconds, arena, err), err) &&
        json_set(json, "median_ms", json_new_number(1e3 * timing.median_seconds, arena, err),
                 err) &&
        json_set(json, "runs", json_new_integer(timing.n_runs, arena, err), err);
    return set ? json : NULL;
}

Json *timing_machine(Arena *arena, Error *err)
{
    HostInfo host;
    host_info(&host);
    Json *json = json_new_object(arena, err);
    if (!json || !gemm_fp32_start(err)) return NULL;
    bool set =
        json_set(json, "cpu", json_new_text(host.cpu, arena, err), err) &&
        json_set(json, "cores", json_new_integer(host.cores, arena, err), err) &&
        json_set(json, "threads", json_new_integer(parallel_threads(), arena, err), err) &&
        json_set(json, "system", json_new_text(host.system, arena, err), err) &&
        json_set(json, "compiler", json_new_text(host.compiler, arena, err), err) &&
        json_set(json, "flags", json_new_text(host.flags, arena, err), err) &&
        json_set(json, "products", json_new_text(gemm_fp32_chosen(), arena, err), err) &&
        json_set(json, "floor", json_new_text(openblas_get_config(), arena, err), err) &&
        json_set(json, "floor_core", json_new_text(openblas_get_corename(), arena, err), err) &&
        json_set(json, "engine", json_new_text(host.engine_version, arena, err), err);
    return set ? json : NULL;
}
