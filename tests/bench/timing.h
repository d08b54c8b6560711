/* Best and median of many runs, and the facts of the machine they ran on, as JSON. */
#ifndef TESTS_BENCH_TIMING_H
#define TESTS_BENCH_TIMING_H

#include "base/json.h"

typedef struct Timing {
    double best_seconds, median_seconds;
    int n_runs;
} Timing;

typedef void TimedWork(void *context);

/* BENCH_ONCE is set: work is run once each, to see that it runs at all. */
bool timing_once(void);

/* Runs the work a few times at least, and again until `budget_seconds` are spent. */
Timing timing_measure(TimedWork *work, void *context, double budget_seconds);

double timing_median(double *value, int n); /* the upper of two; sorts the values */

/* A member of an object. */
bool timing_set(Json *json, const char *name, double number, Arena *arena, Error *err) MUST_USE;

Json *timing_json(Timing timing, Arena *arena, Error *err) MUST_USE;

/* {"cpu": ..., "cores": ..., "threads": ..., "compiler": ..., "flags": ..., "products": ..., "floor": ...,
 * "floor_core": ...} */
Json *timing_machine(Arena *arena, Error *err) MUST_USE;

#endif
