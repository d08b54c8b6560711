/* Which cells are compared when two names are: variants at the same grid point; a single cell stands
 * against every cell of the other name. */
#ifndef ANALYSIS_PAIRS_H
#define ANALYSIS_PAIRS_H

#include "question/experiment_spec.h"

#define PAIRS_NONE ((size_t)-1)

typedef struct Pair {
    size_t better, worse; /* cells; worse PAIRS_NONE: `better` is looked at alone */
} Pair;

typedef struct Pairs {
    size_t n;
    Pair *items; /* by better, then by worse */
} Pairs;

/* worse NULL: every cell of `better` alone. */
bool pairs_list(Pairs *pairs, const Experiment *experiment, const char *better, const char *worse,
                Arena *arena, Error *err) MUST_USE;

#endif
