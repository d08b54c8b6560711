/* Loops that the compiler vectorises, compiled twice: for the vectors of every machine and for those of 512 bits.
 * Which of them runs is chosen when the program starts. The bits are the same: every value is computed by itself,
 * or in lanes of a fixed number (kernels/lanes.h), and nothing is contracted or reordered. */
#ifndef KERNELS_WIDE_H
#define KERNELS_WIDE_H

/* Before a function's definition. clang knows the attribute in other words, and only its fuzzers come here; aarch64
 * has vectors of one width for all (kernels/vectors.h). */
#if defined __clang__ || !defined __x86_64__
#define WIDE
#else
#define WIDE __attribute__((target_clones("avx512f", "default")))
#endif

#endif
