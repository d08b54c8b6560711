/* Products of a precision: every way that this processor has against the definition, bit for bit, for all
 * layouts, and what lies between the rows of c. */
#ifndef TESTS_KERNELS_GEMM_RIG_H
#define TESTS_KERNELS_GEMM_RIG_H

#include <stdint.h>
#include "kernels/gemm_way.h"

enum { GEMM_RIG_THREADS = 3 };

typedef struct GemmRig {
    Gemm *plain, *fast;
    const GemmWay *ways;
    const int *n_ways;
    bool any_nan; /* the definition leaves open which */
} GemmRig;

/* A value of 64 random bits. */
typedef real Draw(uint64_t bits);
Draw gemm_rig_usual; /* between -1 and 1 */
Draw
    gemm_rig_any; /* any float at all: every exponent, denormals, infinities, NaN with any payload */
Draw gemm_rig_small; /* so that products and sums are around 2^-126, and now and then a denormal */
Draw gemm_rig_special; /* mostly usual, seldom one of the special values */

void gemm_rig_start(void); /* memory for what is drawn, GEMM_RIG_THREADS */
void gemm_rig_stop(void);

void gemm_rig_check(const GemmRig *products, int M, int N, int K, Draw *draw);
void gemm_rig_check_threads(const GemmRig *products); /* on fewer threads */

#endif
