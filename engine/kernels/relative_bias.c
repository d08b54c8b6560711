#include "kernels/relative_bias.h"
#include <stddef.h>
#include "base/elementary.h"

/* Of n buckets for distances >= 0. */
static int relative_bias_one_way(int d, int n, int distance)
{
    /* What is a whole number in exact arithmetic (16, 32 and 64 of T5's) comes out as one. */
    const double rounding = 1e-9;
    const int exact = n / 2;
    if (d < exact) return d;
    const double steps = (n - exact) * elementary_log64((double)d / exact) /
                         elementary_log64((double)distance / exact);
    const int bucket = exact + (int)(steps + rounding);
    return bucket < n ? bucket : n - 1;
}

int relative_bias_bucket(int d, RelativeBuckets buckets)
{
    if (!buckets.both_ways)
        return relative_bias_one_way(d < 0 ? -d : 0, buckets.n, buckets.distance);
    const int half = buckets.n / 2;
    return d > 0 ? half + relative_bias_one_way(d, half, buckets.distance)
                 : relative_bias_one_way(-d, half, buckets.distance);
}

void relative_bias_forward_plain(real *bias, const real *table, RelativeBuckets buckets, int reach,
                                 int H)
{
    const size_t width = 2 * (size_t)reach + 1;
    for (size_t x = 0; x < width; x++) {
        const size_t bucket = (size_t)relative_bias_bucket((int)x - reach, buckets);
        for (size_t h = 0; h < (size_t)H; h++) bias[h * width + x] = table[bucket * (size_t)H + h];
    }
}

void relative_bias_backward_plain(real *dtable, const real *dbias, RelativeBuckets buckets,
                                  int reach, int H)
{
    const size_t width = 2 * (size_t)reach + 1;
    for (size_t x = 0; x < width; x++) {
        const size_t bucket = (size_t)relative_bias_bucket((int)x - reach, buckets);
        for (size_t h = 0; h < (size_t)H; h++)
            dtable[bucket * (size_t)H + h] += dbias[h * width + x];
    }
}
