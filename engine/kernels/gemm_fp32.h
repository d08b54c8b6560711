/* Matrix products of reals: the products of kernels/gemm.h, its shapes and layouts. Same bits on every machine,
 * whatever its instructions, and with any number of threads.
 *
 * Definition, for one value of c: its sum begins as c (add), as the bias, or as 0, and k goes up:
 *
 *     sum = sum + a[k] b[k]      rounded once (fused), to nearest, ties to even
 *
 * Numbers below 2^-126, operands, sums and results, count as zero: products of them, which softmax makes when it
 * is sure, would take a hundred times as long. What is said of no number (which NaN) is left open.
 */
#ifndef KERNELS_GEMM_FP32_H
#define KERNELS_GEMM_FP32_H

#include "kernels/gemm_way.h"

Gemm gemm_fp32_plain, gemm_fp32_fast, gemm_fp32_tile;
GemmPack gemm_fp32_pack;

real gemm_fp32_operand(real x); /* x itself */

/* Takes memory for packed operands and chooses the instructions that are quickest here: once, before the fast
 * ones. */
bool gemm_fp32_start(Error *err) MUST_USE;

const char *gemm_fp32_chosen(void); /* "avx512": the instructions */

/* The ways to the same bits. The fast ones take the chosen one. */
extern const GemmWay gemm_fp32_ways[];
extern const int gemm_fp32_n_ways;

#endif
