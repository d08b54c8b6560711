#include "model/top.h"

enum { DENSE_WEIGHT, DENSE_BIAS };

const real *top_weight(const TopPass *pass, int i)
{
    return pass->weights + pass->table->items[pass->first + i].offset;
}

real *top_gradient(const TopPass *pass, int i)
{
    const TensorInfo *info = &pass->table->items[pass->first + i];
    return info->n_frozen == info->n ? NULL : pass->gradients + info->offset;
}

int top_dense_weights(TensorTable *table, int n_channel, const char *name, Error *err)
{
    const size_t C = (size_t)n_channel;
    const int first = tensors_add(table, err, TENSOR_DECAY | TENSOR_INIT_NORMAL, TENSOR_LAYER_TOP,
                                  2, C, C, "%s.weight", name);
    if (first < 0) return -1;
    return tensors_add(table, err, 0, TENSOR_LAYER_TOP, 1, C, 1, "%s.bias", name) < 0 ? -1 : first;
}

void top_dense_forward(real *y, const real *x, const TopPass *pass)
{
    const Kernels *kernels = pass->kernels;
    kernels->linear_forward(&kernels->products, y, x, top_weight(pass, DENSE_WEIGHT),
                            top_weight(pass, DENSE_BIAS), pass->N, pass->C, pass->C);
}

void top_dense_backward(real *dx, const real *dy, const real *x, const TopPass *pass)
{
    const Kernels *kernels = pass->kernels;
    kernels->linear_backward(&kernels->products, dx, top_gradient(pass, DENSE_WEIGHT),
                             top_gradient(pass, DENSE_BIAS), dy, x, top_weight(pass, DENSE_WEIGHT),
                             pass->N, pass->C, pass->C, false);
}
