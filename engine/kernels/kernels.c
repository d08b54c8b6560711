#include "kernels/kernels.h"
#include <string.h>

const Kernels kernels_plain = {KERNELS_PLAIN};

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Woverride-init" /* what a back end is for */

/* clang-format off */
const Kernels kernels_fast = {
    KERNELS_PLAIN,
    .name = "fast",
    .memory.clear = memory_clear_fast,
    .products = {.whole = gemm_fast, .tile = gemm_tile},
    .embedding_forward = embedding_forward_fast,
    .embedding_backward = embedding_backward_fast,
    .layernorm_forward = layernorm_forward_fast,
    .layernorm_backward = layernorm_backward_fast,
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
    .logits = logits_fast,
    .logits_largest = logits_largest_fast,
    .accumulate = accumulate_fast,
    .norm_squared = norm_squared_fast,
    .adam_update = adam_update_fast,
};
/* clang-format on */

#pragma GCC diagnostic pop

const Kernels *kernels_find(const char *name)
{
    static const Kernels *const tables[] = {&kernels_plain, &kernels_fast};
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
        if (strcmp(name, tables[i]->name) == 0) return tables[i];
    return NULL;
}
