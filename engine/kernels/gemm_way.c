#include "kernels/gemm_way.h"
#include <math.h>
#include "base/clock.h"

/* Seconds of a small product, all zeros: the best of some goes. */
enum { TRIAL_SIZE = 128 };
static double trial(const GemmWay *way)
{
    static real a[TRIAL_SIZE * TRIAL_SIZE], b[TRIAL_SIZE * TRIAL_SIZE], c[TRIAL_SIZE * TRIAL_SIZE];
    enum { GOES = 5 };
    double best = (double)INFINITY;
    for (int go = 0; go < GOES; go++) {
        const double begun = clock_seconds();
        way->tile(c, a, b, (GemmShape){.M = TRIAL_SIZE, .N = TRIAL_SIZE, .K = TRIAL_SIZE});
        best = fmin(best, clock_seconds() - begun);
    }
    return best;
}

const GemmWay *gemm_way_quickest(const GemmWay *ways, int n_ways)
{
    const GemmWay *quickest = NULL;
    double best = (double)INFINITY;
    for (int i = 0; i < n_ways; i++) {
        const double seconds = ways[i].supported() ? trial(&ways[i]) : (double)INFINITY;
        if (seconds < best) quickest = &ways[i], best = seconds;
    }
    return quickest;
}
