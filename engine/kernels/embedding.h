/* Token plus learned position embedding (GPT-1, section 3.1: h0 = U We + Wp), and plus that of the segment
 * (BERT, section 3 and figure 2).
 *
 *   y[n,:] = token_table[token[n],:] + position_table[position[n],:] + segment_table[segment[n],:]
 *
 * Shapes  y, dy [N,C]; token, position, segment [N]; token_table [V,C]; position_table [T,C];
 *         segment_table [number of segments,C]
 * Writes  forward overwrites y; backward ADDS to dtoken_table, dposition_table, dsegment_table
 * Needs   0 <= token < V, 0 <= position < T, 0 <= segment below their number; position_table may be NULL (then so is
 *         its gradient), and so may segment_table (then so are its gradient and segment) */
#ifndef KERNELS_EMBEDDING_H
#define KERNELS_EMBEDDING_H

#include "base/real.h"

typedef void EmbeddingForward(real *y, const int *token, const int *position, const int *segment,
                              const real *token_table, const real *position_table,
                              const real *segment_table, int N, int C);
typedef void EmbeddingBackward(real *dtoken_table, real *dposition_table, real *dsegment_table,
                               const real *dy, const int *token, const int *position,
                               const int *segment, int N, int C);

EmbeddingForward embedding_forward_plain, embedding_forward_fast;
EmbeddingBackward embedding_backward_plain, embedding_backward_fast;

#endif
