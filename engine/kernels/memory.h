/* The memory that kernels compute on: a back end hands it out, clears it and copies it.
 *
 * Blocks  weights, gradients, moments, activations, work, logits: everything with channels, classes or a
 *         vocabulary in its shape. Only kernels and the functions below look into a block; a place within
 *         one is its pointer plus a number of values
 * Lists   one number a row, sequence or example: tokens, positions, starts, targets, weights and losses of
 *         rows, and what a kernel returns. They are the host's; a back end that computes elsewhere carries
 *         them over itself
 *
 * So whoever makes blocks (weights from a file, initial values) or reads them (a checkpoint, a head's
 * outputs, logits) does it in memory of the host and copies in or out.
 *
 * Needs   blocks of a copy do not overlap; n == 0 does nothing
 * Threads copies into places apart may run at once */
#ifndef KERNELS_MEMORY_H
#define KERNELS_MEMORY_H

#include "base/needs.h"
#include "base/real.h"

/* n zeroed values, measured or taken (base/needs.h). The arena is that of the needs, whatever memory the
 * block is in: both end together. */
typedef bool MemoryTake(real **block, size_t n, Needs *needs, Error *err);
typedef real *MemoryClear(real *x, size_t n); /* n zeros; returns x */
typedef void MemoryCopy(real *to, const real *from, size_t n);

typedef struct Memory {
    MemoryTake *take;
    MemoryClear *clear;
    MemoryCopy *copy;               /* from block to block */
    MemoryCopy *copy_in, *copy_out; /* from the host's memory to a block, and back */
} Memory;

/* The host's own: a block is a piece of an arena. */
MemoryTake memory_take_plain;
MemoryClear memory_clear_plain, memory_clear_fast;
MemoryCopy memory_copy_plain;

#endif
