#include "kernels/kernels.h"
#include <string.h>

/* clang-format off: one row for forward and backward of a kernel */
const Kernels kernels_plain = {
    .name = "plain",
    .embedding_forward = embedding_forward_plain,
    .embedding_backward = embedding_backward_plain,
    .layernorm_forward = layernorm_forward_plain,
    .layernorm_backward = layernorm_backward_plain,
    .linear_forward = linear_forward_plain,
    .linear_backward = linear_backward_plain,
    .gelu_forward = gelu_forward_plain,
    .gelu_backward = gelu_backward_plain,
    .attention_forward = attention_forward_plain,
    .attention_backward = attention_backward_plain,
    .lstm_layer_forward = lstm_layer_forward_plain,
    .lstm_layer_backward = lstm_layer_backward_plain,
    .dropout_forward = dropout_forward_plain,
    .dropout_backward = dropout_backward_plain,
    .dropout_add_forward = dropout_add_forward_plain,
    .dropout_add_backward = dropout_add_backward_plain,
    .cross_entropy_tied = cross_entropy_tied_plain,
    .cross_entropy_rows = cross_entropy_rows_plain,
    .cross_entropy_soft = cross_entropy_soft_plain,
    .squared_error_rows = squared_error_rows_plain,
    .pool_forward = pool_forward_plain,
    .pool_backward = pool_backward_plain,
    .norm_squared = norm_squared_plain,
    .adam_update = adam_update_plain,
};

const Kernels kernels_fast = {
    .name = "fast",
    .embedding_forward = embedding_forward_fast,
    .embedding_backward = embedding_backward_fast,
    .layernorm_forward = layernorm_forward_fast,
    .layernorm_backward = layernorm_backward_fast,
    .linear_forward = linear_forward_fast,
    .linear_backward = linear_backward_fast,
    .gelu_forward = gelu_forward_fast,
    .gelu_backward = gelu_backward_fast,
    .attention_forward = attention_forward_fast,
    .attention_backward = attention_backward_fast,
    .lstm_layer_forward = lstm_layer_forward_fast,
    .lstm_layer_backward = lstm_layer_backward_fast,
    .dropout_forward = dropout_forward_fast,
    .dropout_backward = dropout_backward_fast,
    .dropout_add_forward = dropout_add_forward_fast,
    .dropout_add_backward = dropout_add_backward_fast,
    .cross_entropy_tied = cross_entropy_tied_fast,
    .cross_entropy_rows = cross_entropy_rows_fast,
    .cross_entropy_soft = cross_entropy_soft_fast,
    .squared_error_rows = squared_error_rows_plain,
    .pool_forward = pool_forward_plain,
    .pool_backward = pool_backward_plain,
    .norm_squared = norm_squared_fast,
    .adam_update = adam_update_fast,
};
/* clang-format on */

const Kernels *kernels_find(const char *name)
{
    static const Kernels *const tables[] = {&kernels_plain, &kernels_fast};
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
        if (strcmp(name, tables[i]->name) == 0) return tables[i];
    return NULL;
}
