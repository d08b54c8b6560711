/* A back end that computes as another one and keeps account of it: where the time of a step goes. */
#ifndef TESTS_BENCH_TIMED_KERNELS_H
#define TESTS_BENCH_TIMED_KERNELS_H

#include "kernels/kernels.h"

typedef struct TimedKernel {
    const char *name;
    double seconds;
    double flops; /* of its matrix products */
    double bytes; /* read and written outside of products, each value once a pass over it */
} TimedKernel;

/* The table, with empty accounts; one at a time. */
const Kernels *timed_kernels(const Kernels *kernels);

/* The accounts, by falling seconds. */
const TimedKernel *timed_kernels_accounts(int *n);

#endif
