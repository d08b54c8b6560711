/* All that a result says in numbers. */
#ifndef RESULT_FINDINGS_H
#define RESULT_FINDINGS_H

#include "result/numbers.h"
#include "result/significance.h"
#include "result/timings.h"

typedef struct Findings {
    Numbers numbers;    /* what a re-run must reproduce bit for bit */
    Significance tests; /* what follows from the same runs */
    Timings timings;    /* what depends on the machine */
} Findings;

#endif
