#include "model/bert_pooler.h"

static int weights(TensorTable *table, int n_channel, int n_vocab, Error *err)
{
    (void)n_vocab;
    return top_dense_weights(table, n_channel, "pooler", err);
}

static size_t kept(size_t N, size_t C)
{
    return N * C;
}

static real *forward(const real *x, const TopPass *pass)
{
    real *y = pass->kept;
    top_dense_forward(y, x, pass);
    pass->kernels->tanh_forward(y, y, (size_t)pass->N * (size_t)pass->C);
    return y;
}

static void backward(real *dx, real *dy, const real *x, const TopPass *pass)
{
    pass->kernels->tanh_backward(dy, dy, pass->kept, (size_t)pass->N * (size_t)pass->C);
    top_dense_backward(dx, dy, x, pass);
}

const Top bert_pooler = {weights, kept, forward, backward};
