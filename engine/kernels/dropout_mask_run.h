/* The factors of a dropout mask, vectorised for several sets of instructions: dropout_mask takes the widest. */
#ifndef KERNELS_DROPOUT_MASK_RUN_H
#define KERNELS_DROPOUT_MASK_RUN_H

#include <stddef.h>
#include <stdint.h>
#include "base/real.h"
#include "base/rng.h"

enum { DROPOUT_MASK_STEP = 64 }; /* factors that any of them writes at once, or fewer */

typedef struct DropoutMaskSetting {
    RngKey key;
    uint32_t threshold; /* half-words below it drop */
    real scale;
} DropoutMaskSetting;

typedef void DropoutMaskRun(real *factor, const DropoutMaskSetting *setting, size_t first,
                            size_t n);
DropoutMaskRun dropout_mask_avx512_run, dropout_mask_narrow_run;

#endif
