/* Which code makes a stage's numbers. Others round differently, so it stands in the documents of all kinds
 * that compute, unless it is the usual: the fast kernels. */
#ifndef STAGES_ARITHMETIC_H
#define STAGES_ARITHMETIC_H

#include "kernels/kernels.h"
#include "stages/stage_request.h"

typedef struct Arithmetic {
    const char *kernels; /* kernels_find */
} Arithmetic;

/* Rows of a table whose struct has an Arithmetic at this offset. */
/* Releases of clang-format set braces in macros differently. */
/* clang-format off */
#define ARITHMETIC_FIELDS(at)                                                                      \
    { .name = "kernels", .type = SPEC_TYPE_TEXT, .offset = (at) + offsetof(Arithmetic, kernels),   \
      .default_text = "fast", .help = "table of kernels" }
/* clang-format on */

/* Of this process. */
Arithmetic arithmetic_here(const Kernels *kernels);

/* The document of kinds that are decided by nothing else of their own, and its StageFill. */
extern const SpecTable arithmetic_table;
StageFill arithmetic_fill;

/* The kernels of a document; NULL with an error: they are unknown. */
const Kernels *arithmetic_kernels(const Arithmetic *arithmetic, Error *err) MUST_USE;

#endif
