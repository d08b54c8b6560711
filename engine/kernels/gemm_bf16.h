/* Matrix products of bfloat16 operands, summed in float: the products of kernels/gemm.h, its shapes and
 * layouts, where every value of a and b is rounded to the nearest bfloat16 first. Same bits on every
 * machine, whatever its instructions, and with any number of threads.
 *
 * Definition, for one value of c: its sum begins as c (add), as the bias, or as 0. k goes up in pairs, and
 * within a pair the odd one comes first; behind an odd K a zero makes the pair whole:
 *
 *     for k = 0, 2, 4, ...:  sum = sum + a[k+1] b[k+1];  sum = sum + a[k] b[k]
 *
 * each step rounded once (the product of two bfloat16 is exact in float), to nearest, ties to even; numbers
 * below 2^-126, rounded operands, sums and results, count as zero. A sum that is not a number is the quiet NaN
 * 0x7FC00000, whatever made it. K = 0 leaves what the sum begins as.
 *
 * This is the order of VDPBF16PS, which makes both steps in one instruction; two multiply-adds in a row
 * give its result on processors that have it not.
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
