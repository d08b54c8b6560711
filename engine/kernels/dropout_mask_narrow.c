/* Some blocks at once, in vectors that every processor has. */
#include "kernels/vectors.h"

enum { BLOCKS = VECTOR_BYTES / sizeof(uint64_t) };
#define RUN        dropout_mask_narrow_run
#define multiply   multiply_words
#define interleave interleave_words

#include "kernels/dropout_mask_lanes.h"
