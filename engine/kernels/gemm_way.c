#include "kernels/gemm_way.h"
#include <math.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "base/clock.h"

/* Linux gives the registers to processes that ask for them: their 8 KiB are kept with every thread. */
bool gemm_way_has_amx(void)
{
    enum { ARCH_REQ_XCOMP_PERM = 0x1023, TILE_DATA = 18 };
    return __builtin_cpu_supports("amx-bf16") && gemm_way_has_avx512_bf16() &&
           syscall(SYS_arch_prctl, ARCH_REQ_XCOMP_PERM, TILE_DATA) == 0;
}

bool gemm_way_has_avx512_bf16(void)
{
    return __builtin_cpu_supports("avx512bf16") && gemm_way_has_avx512();
}

bool gemm_way_has_avx512(void)
{
    return __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vl");
}

bool gemm_way_has_avx2(void)
{
    return true; /* the build asks for it */
}

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
