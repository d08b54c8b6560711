/* T5's bias of attention by relative position (Raffel et al. 2020, section 2.1; the buckets are those of the released
 * code, which T5Attention of transformers has too): for each head one number a bucket of distances, laid out distance
 * by distance as kernels/attention.h takes it.
 *
 *   bias[h][d + reach] = table[bucket(d)][h]       d = j - i, how much later the key is than the query
 *
 * Both ways, keys that are later have half of the buckets, the second, and the others the first half. One way, which
 * goes with a causal mask, the others have all; those that are later are in bucket 0. Of the n buckets for one
 * direction the first E = n / 2 have a distance each, 0 .. E-1, and the rest have more and more of them:
 *
 *   min(n - 1, E + floor((n - E) log(|d| / E) / log(distance / E)))
 *
 * so that the last one has all from `distance` on at the latest: with reach >= distance none is lost.
 *
 * Shapes  table, dtable [buckets.n, H]; bias, dbias [H, 2 * reach + 1]
 * Writes  forward overwrites bias; backward ADDS to dtable, from d = -reach to d = reach
 * Needs   n / 2 >= 1 for each direction, and less than distance */
#ifndef KERNELS_RELATIVE_BIAS_H
#define KERNELS_RELATIVE_BIAS_H

#include <stdbool.h>
#include "base/real.h"

typedef struct RelativeBuckets {
    int n, distance; /* 32 and 128 in all that T5's authors released */
    bool both_ways;
} RelativeBuckets;

int relative_bias_bucket(int d, RelativeBuckets buckets); /* 0 .. n-1 */

typedef void RelativeBiasForward(real *bias, const real *table, RelativeBuckets buckets, int reach,
                                 int H);
typedef void RelativeBiasBackward(real *dtable, const real *dbias, RelativeBuckets buckets,
                                  int reach, int H);

RelativeBiasForward relative_bias_forward_plain;
RelativeBiasBackward relative_bias_backward_plain;

#endif
