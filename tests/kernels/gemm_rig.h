/* Products of a precision: every way that this processor has against the definition, bit for bit (of NaN only that
 * it is one), for all layouts, and what lies between the rows of c. */
#ifndef TESTS_KERNELS_GEMM_RIG_H
#define TESTS_KERNELS_GEMM_RIG_H

#include "kernels/gemm_way.h"

typedef struct GemmRig {
    bool (*start)(Error *err);
    Gemm *plain, *fast;
    const GemmWay *ways;
    const int *n_ways;
    const char *(*chosen)(void);
} GemmRig;

void gemm_rig_start(const GemmRig *products);
void gemm_rig_stop(void);

/* A test each. */
void gemm_rig_shapes(const GemmRig *products);
void gemm_rig_blocks(const GemmRig *products); /* larger than one of k, rows, columns */
void gemm_rig_threads(const GemmRig *products);
void gemm_rig_any(const GemmRig *products);   /* operands of any bits: denormals, infinities, NaN */
void gemm_rig_small(const GemmRig *products); /* products and sums around 2^-126 */
void gemm_rig_special(const GemmRig *products); /* special values here and there */
void gemm_rig_chosen(const GemmRig *products);  /* a way that the processor has */

#endif
