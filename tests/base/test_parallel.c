#include "base/interrupt.h"
#include "base/parallel.h"

#include <criterion/criterion.h>
#include <omp.h>
#include <stdatomic.h>
#include <string.h>

enum { N = 1003, CHUNK = 7, N_PIECES = (N + CHUNK - 1) / CHUNK };

typedef struct Record {
    int done[N];
    double sums[N_PIECES];
    atomic_int wrong_pieces, wrong_threads, threads_seen[8];
} Record;
static Record record;

static void body(void *context, size_t begin, size_t end, int thread)
{
    Record *r = context;
    if (begin % CHUNK != 0 || (end - begin != CHUNK && end != N)) r->wrong_pieces++;
    if (thread < 0 || thread >= parallel_threads()) r->wrong_threads++;
    if (thread >= 0 && thread < 8) r->threads_seen[thread]++;
    for (size_t i = begin; i < end; i++) {
        r->done[i]++;
        r->sums[begin / CHUNK] += 1.0 / (double)(i + 1);
    }
}

Test(parallel, every_element_is_done_once_in_pieces_of_the_callers_size)
{
    for (int threads = 1; threads <= 4; threads++) {
        record = (Record){0};
        parallel_set_threads(threads);
        parallel_for(N, CHUNK, body, &record);
        for (int i = 0; i < N; i++) cr_assert_eq(record.done[i], 1);
        cr_assert_eq(record.wrong_pieces, 0);
        cr_assert_eq(record.wrong_threads, 0);
    }
}

Test(parallel, sums_over_pieces_have_the_same_bits_for_1_2_and_3_threads)
{
    double sums[3][N_PIECES];
    for (int threads = 1; threads <= 3; threads++) {
        record = (Record){0};
        parallel_set_threads(threads);
        parallel_for(N, CHUNK, body, &record);
        memcpy(sums[threads - 1], record.sums, sizeof record.sums);
    }
    cr_assert_arr_eq(sums[0], sums[1], sizeof sums[0]);
    cr_assert_arr_eq(sums[0], sums[2], sizeof sums[0]);
}

Test(parallel, an_empty_range_calls_nothing)
{
    record = (Record){0};
    parallel_for(0, CHUNK, body, &record);
    cr_assert_eq(record.threads_seen[0], 0);
}

static atomic_int n_inner, n_moved;

static void inner(void *context, size_t begin, size_t end, int thread)
{
    n_inner += (int)(end - begin);
    if (thread != *(const int *)context) n_moved++;
}

static void outer(void *context, size_t begin, size_t end, int thread)
{
    (void)context, (void)begin, (void)end;
    parallel_for(10, 1, inner, &thread);
}

Test(parallel, a_nested_loop_stays_in_its_thread)
{
    parallel_set_threads(3);
    parallel_for(30, 1, outer, NULL);
    cr_assert_eq(n_inner, 300);
    cr_assert_eq(n_moved, 0);
}

static atomic_int n_together, most_together;

static void meet(void *context, size_t begin, size_t end, int thread)
{
    (void)context, (void)begin, (void)end, (void)thread;
    int now = ++n_together;
    if (now > most_together) most_together = now;
    double until = omp_get_wtime() + 0.2;
    while (most_together < 2 && omp_get_wtime() < until) continue;
    n_together--;
}

Test(parallel, two_threads_really_work_at_the_same_time)
{
    parallel_set_threads(2);
    parallel_for(2, 1, meet, NULL);
    cr_assert_eq(most_together, 2);
}

Test(parallel, zero_threads_means_as_many_as_there_are)
{
    parallel_set_threads(5);
    cr_assert_eq(parallel_threads(), 5);
    parallel_set_threads(0);
    cr_assert_eq(parallel_threads(), omp_get_max_threads());
}

static int most_threads_seen(void)
{
    int most = 0;
    for (int t = 0; t < 8; t++)
        if (record.threads_seen[t] > 0) most = t + 1;
    return most;
}

/* Which of several threads get a piece is chance; that no more than the limit do is not. */
Test(parallel, a_limit_that_changes_holds_from_the_next_loop_on)
{
    static atomic_int limit = 1;
    parallel_set_threads(4);
    parallel_limit_threads(&limit);
    cr_expect_eq(parallel_threads(), 4, "what scratch memory is for");
    for (int now = 0; now <= 6; now++) {
        record = (Record){0};
        limit = now;
        parallel_for(N, CHUNK, body, &record);
        cr_expect_leq(most_threads_seen(), now < 1 ? 1 : now > 4 ? 4 : now);
        cr_expect_eq(record.wrong_threads, 0);
        for (int i = 0; i < N; i++) cr_assert_eq(record.done[i], 1);
    }
    parallel_limit_threads(NULL);
}

/* --- asked to stop --------------------------------------------------------------------------------- */

static int n_done(void)
{
    int n = 0;
    for (int i = 0; i < N; i++) n += record.done[i];
    return n;
}

Test(parallel, a_loop_that_may_stop_leaves_out_what_it_has_not_begun)
{
    for (int threads = 1; threads <= 3; threads += 2) {
        Error err = {0};
        record = (Record){0};
        parallel_set_threads(threads);
        interrupt_at(20);
        parallel_may_stop();
        parallel_for(N, CHUNK, body, &record);
        cr_expect_not(parallel_whole(&err));
        cr_expect_eq(err.kind, ERROR_INTERRUPTED);
        cr_expect(n_done() >= 10 * CHUNK && n_done() <= 19 * CHUNK, "%d", n_done());
        cr_expect_eq(interrupt_looks(), N_PIECES + 1, "each piece asks, and the end");
        interrupt_forget();
        interrupt_at(0);
    }
}

Test(parallel, a_loop_that_may_not_stop_is_whole_whoever_asks)
{
    Error err = {0};
    record = (Record){0};
    interrupt_request();
    parallel_for(N, CHUNK, body, &record);
    cr_expect_eq(n_done(), N);
    interrupt_forget();
    parallel_may_stop();
    parallel_for(N, CHUNK, body, &record);
    cr_expect(parallel_whole(&err));
    cr_expect_eq(n_done(), 2 * N);
    interrupt_request();
    cr_expect_not(parallel_stops(), "what was between the two is over");
}
