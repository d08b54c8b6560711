#include "experiment/plan_schedule.h"

#include <stdbool.h>

/* Among n, the one with the longest chain that has no more than its share yet. */
static int longest(const int *threads, const double *chain, int n, int share)
{
    int best = 0;
    for (int i = 1; i < n; i++) {
        bool has_more = threads[i] > share, best_has = threads[best] > share;
        if (!has_more && (best_has || chain[i] > chain[best])) best = i;
    }
    return best;
}

void plan_schedule_threads(int *threads, const double *chain, int n, int n_threads)
{
    int share = n > 0 && n_threads > n ? n_threads / n : 1;
    for (int i = 0; i < n; i++) threads[i] = share;
    for (int left = n_threads - n * share; left > 0 && n > 0; left--)
        threads[longest(threads, chain, n, share)]++;
}
