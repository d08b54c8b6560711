/* What products pack their operands into. */
#ifndef KERNELS_GEMM_MEMORY_H
#define KERNELS_GEMM_MEMORY_H

#include <stddef.h>
#include "base/error.h"

/* Values of k that a micro-kernel sums at once: a panel of 32 columns then takes 32 KiB as floats, what the
 * nearest cache holds; c is read and written once for 256 multiply-adds a value. */
enum { GEMM_K = 256 };

/* What a thread packs for itself: of a 96 KiB, which stays in a core's second cache while it passes by all
 * columns; of b, for small products, 512 KiB. */
enum { GEMM_ROWS = 96, GEMM_COLUMNS = 512 };

/* What is packed of b at once for all threads: 16 MiB at most, in the last cache. */
enum { GEMM_SHARED_K = 2048, GEMM_SHARED_VALUES = 2048 * GEMM_SHARED_K };

/* Places for so many rows of a: a panel may have some beside its last row, half as many again at most. */
#define GEMM_PLACES(rows) ((rows) + (rows) / 2)

/* Each on a boundary of 64 bytes. */
void *gemm_memory_a(void); /* the calling thread's own, there as long as it is */
void *gemm_memory_b(void);
void *gemm_memory_shared_b(void);

/* Takes the shared one, once; kept until the program ends. */
bool gemm_memory_take(Error *err) MUST_USE;

size_t gemm_memory_bytes(void); /* with parallel_threads() threads */

#endif
