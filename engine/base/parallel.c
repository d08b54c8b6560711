#include "base/parallel.h"

#include <assert.h>
#include <omp.h>
#include <stdlib.h>

static bool several_ran;
static const atomic_int *threads_limit;
static int n_threads_wanted; /* 0: as many as the machine offers */

static int threads_offered(void)
{
    const char *text = getenv("OMP_NUM_THREADS");
    int n = text ? atoi(text) : 0;
    return n > 0 ? n : omp_get_num_procs();
}

int parallel_threads(void)
{
    int n = n_threads_wanted ? n_threads_wanted : threads_offered();
    return n < PARALLEL_MAX_THREADS ? n : PARALLEL_MAX_THREADS;
}

int parallel_thread(void)
{
    return omp_get_thread_num();
}

void parallel_limit_threads(const atomic_int *limit)
{
    threads_limit = limit;
}

/* At least one, and at most as many as whoever has scratch memory for each thread counts on. */
static int threads_now(void)
{
    int most = parallel_threads(), limit = most;
    if (threads_limit) limit = atomic_load_explicit(threads_limit, memory_order_relaxed);
    if (limit > most) limit = most;
    return limit > 1 ? limit : 1;
}

bool parallel_started(void)
{
    return several_ran;
}

void parallel_set_threads(int n)
{
    assert(n >= 0);
    n_threads_wanted = n;
}

void parallel_for(size_t n, size_t chunk, ParallelBody *body, void *context)
{
    assert(chunk > 0);
    size_t n_pieces = n / chunk + (n % chunk != 0);
    int n_threads = threads_now();
    if ((size_t)n_threads > n_pieces) n_threads = (int)n_pieces;

    if (n_threads <= 1 || omp_in_parallel()) {
        /* Inside another loop the thread keeps its number, and so its scratch memory. */
        int thread = parallel_thread();
        for (size_t begin = 0; begin < n; begin += chunk)
            body(context, begin, n - begin < chunk ? n : begin + chunk, thread);
        return;
    }
    several_ran = true;
#pragma omp parallel for num_threads(n_threads) schedule(dynamic, 1)
    for (size_t piece = 0; piece < n_pieces; piece++) {
        size_t begin = piece * chunk;
        body(context, begin, n - begin < chunk ? n : begin + chunk, parallel_thread());
    }
}
