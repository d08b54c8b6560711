#include "base/parallel.h"

#include <assert.h>
#include <omp.h>
#include <stdlib.h>

#include "base/interrupt.h"

static bool several_ran;
static atomic_bool may_stop;
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

/* --- what may be left out ---------------------------------------------------------------------------- */

void parallel_may_stop(void)
{
    assert(!atomic_load(&may_stop));
    atomic_store(&may_stop, true);
}

bool parallel_stops(void)
{
    return atomic_load_explicit(&may_stop, memory_order_relaxed) && interrupt_requested();
}

bool parallel_whole(Error *err)
{
    atomic_store(&may_stop, false);
    return interrupt_check(err); /* once it is false it stays so: what was left out is not missed */
}

/* --- loops --------------------------------------------------------------------------------------------- */

static void run_piece(ParallelBody *body, void *context, size_t begin, size_t end, int thread)
{
    if (!parallel_stops()) body(context, begin, end, thread);
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
            run_piece(body, context, begin, n - begin < chunk ? n : begin + chunk, thread);
        return;
    }
    several_ran = true;
#pragma omp parallel for num_threads(n_threads) schedule(dynamic, 1)
    for (size_t piece = 0; piece < n_pieces; piece++) {
        size_t begin = piece * chunk;
        run_piece(body, context, begin, n - begin < chunk ? n : begin + chunk, parallel_thread());
    }
}
