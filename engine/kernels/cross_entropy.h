/* Softmax cross-entropy, forward and backward in one pass because the weight of each row is known.
 *
 * tied: logits are products with the token table, z = x E^T + bias, made and used chunk by chunk of at most
 * CROSS_ENTROPY_CHUNK rows, so that the N x V matrix never exists (GPT-1, section 3.1: the softmax is
 * tied to the embedding; a bias by token is BERT's).
 *
 *   loss[n] = logsumexp(z[n,:]) - z[n,target[n]]           (unweighted, natural logarithm)
 *   dz[n,v] = weight[n] * (softmax(z[n,:])[v] - [v == target[n]]);  dx += dz E,  dE += dz^T x,
 *   dbias[v] += sum of dz[:,v]
 *
 * A row with target -1 has no loss: loss[n] = 0 and no gradient. Nothing is computed for it.
 *
 * Shapes  x, dx [N,C]; E, dE [V,C]; bias, dbias [V]; target [N]; weight, loss [N]; scratch:
 *         cross_entropy_scratch(N,C,V)
 * Writes  overwrites loss; ADDS to dx, dE, dbias; dx and dE both NULL: loss only (weight may then be NULL)
 * Needs   bias may be NULL: none; so may dbias: none, or not wanted */
#ifndef KERNELS_CROSS_ENTROPY_H
#define KERNELS_CROSS_ENTROPY_H

#include <stddef.h>
#include "kernels/gemm.h"

enum { CROSS_ENTROPY_CHUNK = 512 };

typedef void CrossEntropyTied(const Products *products, real *loss, real *dx, real *dE, real *dbias,
                              const real *x, const real *E, const real *bias, const int *target,
                              const real *weight, real *scratch, int N, int C, int V);

/* rows: logits are given, z [N,V] with few columns (classes); dz [N,V] is ADDED to (may be NULL). */
typedef void CrossEntropyRows(real *loss, real *dz, const real *z, const int *target,
                              const real *weight, int N, int V);

/* soft: as rows, with target [N,V] distributions over the columns, each of which sums up to 1.
 *
 *   loss[n] = logsumexp(z[n,:]) - sum_v target[n,v] z[n,v];  dz += weight[n] * (softmax(z[n,:]) - target[n,:]) */
typedef void CrossEntropySoft(real *loss, real *dz, const real *z, const real *target,
                              const real *weight, int N, int V);

CrossEntropyTied cross_entropy_tied_plain, cross_entropy_tied_fast;
CrossEntropyRows cross_entropy_rows_plain, cross_entropy_rows_fast;
CrossEntropySoft cross_entropy_soft_plain, cross_entropy_soft_fast;

size_t cross_entropy_scratch(int N, int C, int V); /* reals */

#endif
