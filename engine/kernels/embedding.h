/* Token plus learned position embedding (GPT-1, section 3.1: h0 = U We + Wp).
 *
 *   y[n,:] = token_table[token[n],:] + position_table[position[n],:]
 *
 * Shapes  y, dy [N,C]; token, position [N]; token_table [V,C]; position_table [T,C]
 * Writes  forward overwrites y; backward ADDS to dtoken_table, dposition_table
 * Needs   0 <= token < V, 0 <= position < T; position_table may be NULL (then so is its gradient) */
#ifndef KERNELS_EMBEDDING_H
#define KERNELS_EMBEDDING_H

#include "base/real.h"

typedef void EmbeddingForward(real *y, const int *token, const int *position,
                              const real *token_table, const real *position_table, int N, int C);
typedef void EmbeddingBackward(real *dtoken_table, real *dposition_table, const real *dy,
                               const int *token, const int *position, int N, int C, int V, int T);

EmbeddingForward embedding_forward_plain, embedding_forward_fast;
EmbeddingBackward embedding_backward_plain, embedding_backward_fast;

#endif
