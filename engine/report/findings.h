/* All that a result says in numbers. */
#ifndef REPORT_FINDINGS_H
#define REPORT_FINDINGS_H

#include "report/numbers.h"
#include "report/significance.h"
#include "report/timings.h"

typedef struct Findings {
    Numbers numbers;    /* what a re-run must reproduce bit for bit */
    Significance tests; /* what follows from the same runs */
    Timings timings;    /* what depends on the machine */
} Findings;

#endif
