/* One layer of long short-term memory over packed sequences (Hochreiter and Schmidhuber 1997, with the
 * forget gate of Gers et al. 2000 and no peepholes).
 *
 * Within each sequence, from h[-1] = c[-1] = 0, with a[t] = x[t] W + h[t-1] U + b cut into four:
 *
 *   i = sigmoid(a_i)   f = sigmoid(a_f + 1)   g = tanh(a_g)   o = sigmoid(a_o)
 *   c[t] = f c[t-1] + i g;   h[t] = o tanh(c[t]);   y[t] = h[t]
 *
 * The 1 opens the forget gates of a new layer, whose biases are zero (Jozefowicz et al. 2015). A layer of
 * other programs has it in its forget biases.
 *
 * Shapes  x, dx [N,I]; W, dW [I,4H]; U, dU [H,4H]; b, db [4H]; y, dy, cell [N,H]; gate [N,4H], the gates
 *         i, f, g, o of a row side by side, after their functions; here H counts units;
 *         start [S+1], rows of sequence s are start[s]..start[s+1], start[0] = 0, start[S] = N
 * Writes  forward overwrites y, cell, gate; backward overwrites dx and ADDS to dW, dU, db (each NULL: not wanted);
 *         both use the scratch, of the size that the functions below say
 * Saved   backward needs the y, cell and gate of the forward call */
#ifndef KERNELS_LSTM_LAYER_H
#define KERNELS_LSTM_LAYER_H

#include <stddef.h>
#include "kernels/gemm.h"

typedef void LstmLayerForward(const Products *products, real *y, real *cell, real *gate,
                              const real *x, const real *W, const real *U, const real *b,
                              const int *start, real *scratch, int N, int S, int I, int H);
typedef void LstmLayerBackward(const Products *products, real *dx, real *dW, real *dU, real *db,
                               const real *dy, const real *x, const real *W, const real *U,
                               const real *y, const real *cell, const real *gate, const int *start,
                               real *scratch, int N, int S, int I, int H);

LstmLayerForward lstm_layer_forward_plain, lstm_layer_forward_fast;
LstmLayerBackward lstm_layer_backward_plain, lstm_layer_backward_fast;

enum { LSTM_GATES = 4 };

/* Values of scratch, for at most so many rows and sequences. */
static inline size_t lstm_layer_forward_scratch(int S, int H)
{
    return gemm_packed_values(LSTM_GATES * H, H) + (LSTM_GATES + 1) * (size_t)S * (size_t)H;
}

static inline size_t lstm_layer_backward_scratch(int N, int S, int H)
{
    return gemm_packed_values(H, LSTM_GATES * H) +
           ((LSTM_GATES + 1) * (size_t)N + (LSTM_GATES + 3) * (size_t)S) * (size_t)H;
}

#endif
