/* One bfloat16 as a float after the other, in vectors that every processor has. */
#include <stddef.h>
#include "kernels/vectors.h"

enum { WIDTH = AT_ONCE, ROWS = 6, VECTORS = 64 / VECTOR_BYTES, UNROLL = 2 };
typedef Floats Vector;
#define WAY(product) gemm_bf16_narrow_##product
#include "kernels/gemm_bf16_floats.h"

static inline Vector slot_multiply(Vector sum, const Slot *a, const Slot *b)
{
    return multiply_floats(a, b, sum);
}

#include "kernels/gemm_micro_chains.h"
#include "kernels/gemm_tile.h"
