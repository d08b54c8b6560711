/* The kernel table: the one interface between models and arithmetic (DESIGN, "One kernel table").
 *
 * Each kernel has a header of its own with its function types, formula and contract, a `_plain`
 * version that is the definition, and may have a `_fast` one. A back end is one table; the training
 * step gets a table and never names a kernel.
 *
 * Shared conventions
 *   Shapes   row-major, last index fastest; N rows (tokens of a packed batch), C channels, H heads,
 *            D = C/H, V vocabulary; sequences are runs of rows, start[s]..start[s+1]
 *   Order    outputs, inputs, saved values, dimensions
 *   Backward ADDS to every gradient it writes
 *   Pure     no allocation, input/output, errors or globals; scratch memory is passed in
 *   Bits     results do not depend on the number of threads */
#ifndef KERNELS_KERNELS_H
#define KERNELS_KERNELS_H

#include "kernels/adam.h"
#include "kernels/attention.h"
#include "kernels/cross_entropy.h"
#include "kernels/dropout.h"
#include "kernels/embedding.h"
#include "kernels/gelu.h"
#include "kernels/layernorm.h"
#include "kernels/linear.h"
#include "kernels/lstm_layer.h"
#include "kernels/norm.h"
#include "kernels/pool.h"
#include "kernels/squared_error.h"

typedef struct Kernels {
    const char *name;
    EmbeddingForward *embedding_forward;
    EmbeddingBackward *embedding_backward;
    LayernormForward *layernorm_forward;
    LayernormBackward *layernorm_backward;
    LinearForward *linear_forward;
    LinearBackward *linear_backward;
    GeluForward *gelu_forward;
    GeluBackward *gelu_backward;
    AttentionForward *attention_forward;
    AttentionBackward *attention_backward;
    LstmLayerForward *lstm_layer_forward;
    LstmLayerBackward *lstm_layer_backward;
    DropoutForward *dropout_forward;
    DropoutBackward *dropout_backward;
    DropoutAddForward *dropout_add_forward;
    DropoutAddBackward *dropout_add_backward;
    CrossEntropyTied *cross_entropy_tied;
    CrossEntropyRows *cross_entropy_rows;
    CrossEntropySoft *cross_entropy_soft;
    SquaredErrorRows *squared_error_rows;
    PoolForward *pool_forward;
    PoolBackward *pool_backward;
    NormSquared *norm_squared;
    AdamUpdate *adam_update;
} Kernels;

extern const Kernels kernels_plain, kernels_fast;

/* "plain" or "fast"; NULL: unknown. */
const Kernels *kernels_find(const char *name);

#endif
