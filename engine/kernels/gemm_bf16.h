/* Matrix products of bfloat16 operands, summed in float: the products of kernels/gemm.h, its shapes and
 * layouts, where every value of a and b is rounded to the nearest bfloat16 first. Same bits on every
 * machine, whatever its instructions, and with any number of threads.
 *
 * Definition, for one value of c: its sum begins as c (add), as the bias, or as 0. k goes up in blocks of 32,
 * whose even and odd values are two chains of sums:
 *
 *     for each block:  even = 0;  for k = 0, 2, ..., 30 of it:  even = even + a[k] b[k]
 *                      odd = 0;   for k = 1, 3, ..., 31 of it:  odd = odd + a[k] b[k]
 *                      sum = sum + (even + odd)
 *
 * each step rounded once (the product of two bfloat16 is exact in float), to nearest, ties to even; numbers
 * below 2^-126, operands, sums and results, count as zero. Behind the last k stand zeros that make its block whole.
 * What is said of no number (which NaN) is left open.
 *
 * This is the order of TDPBF16PS (AMX), which multiplies a block in one instruction. VDPBF16PS (AVX512_BF16) makes
 * two steps of a chain, if it is given every other value of k, and multiply-adds one on processors that have neither.
 *
 * Nothing is lost by float's range at the small end, as with half precision: bfloat16 has float's
 * exponents, so gradients need no scaling of the loss. */
#ifndef KERNELS_GEMM_BF16_H
#define KERNELS_GEMM_BF16_H

#include "kernels/gemm_way.h"

Gemm gemm_bf16_plain, gemm_bf16_fast, gemm_bf16_tile;

GemmPack gemm_bf16_pack;

real gemm_bf16_operand(real x); /* the nearest bfloat16 */

/* Takes memory for packed operands and chooses the instructions that are quickest here: once, before the fast
 * ones. */
bool gemm_bf16_start(Error *err) MUST_USE;

const char *gemm_bf16_chosen(void);

extern const GemmWay gemm_bf16_ways[];
extern const int gemm_bf16_n_ways;

#endif
