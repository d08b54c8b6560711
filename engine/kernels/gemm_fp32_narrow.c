/* Vectors that every processor has. */
#include "base/real.h"
#include "kernels/vectors.h"

enum { ROWS = 6, VECTORS = 64 / VECTOR_BYTES, WIDTH = VECTOR_BYTES / sizeof(real), UNROLL = 2 };
typedef Reals Vector;
#define WAY(product) gemm_fp32_narrow_##product
#include "kernels/gemm_fp32_pack.h"

static inline Vector slot_multiply(Vector sum, const Slot *a, const Slot *b)
{
    return multiply_reals(a, b, sum);
}

#include "kernels/gemm_micro_sums.h"
#include "kernels/gemm_tile.h"
