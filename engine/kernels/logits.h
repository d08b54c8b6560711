/* Logits of what comes next: products of states with the rows of the token table, and a bias by token (BERT's) or none.
 *
 *   z[n,v] = x[n,:] . E[v,:] + bias[v]
 *
 * Whoever samples or asks for the likeliest token decides between values that lie close together, so these
 * sums are in double. The loss makes logits of its own, chunk by chunk: kernels/cross_entropy.h.
 *
 * Shapes  x [N,C]; E [V,C], the rows of tokens that may come next, such as the first V of a longer table;
 *         bias [V]; z [N,V]; target, is_largest [N]
 * Writes  overwrites z, is_largest
 * Needs   0 <= target < V; bias may be NULL: none */
#ifndef KERNELS_LOGITS_H
#define KERNELS_LOGITS_H

#include <stdbool.h>
#include "base/real.h"

typedef void Logits(real *z, const real *x, const real *E, const real *bias, int N, int C, int V);

/* Is the target the token with the largest logit, the first of equals? The logits are not rounded. */
typedef void LogitsLargest(bool *is_largest, const real *x, const real *E, const real *bias,
                           const int *target, int N, int C, int V);

Logits logits_plain, logits_fast;
LogitsLargest logits_largest_plain, logits_largest_fast;

#endif
