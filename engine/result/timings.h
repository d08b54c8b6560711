/* What depends on the machine: training rates, and the verdicts of claims on them. In result.json beside the
 * numbers, never among them: a re-run with other timings reproduces a result all the same. */
#ifndef RESULT_TIMINGS_H
#define RESULT_TIMINGS_H

#include "spec/field.h"

typedef struct Timings {
    SpecList probes; /* of NumbersProbe, kind PROBE_TRAINING_RATE; tokens a second */
    SpecList claims; /* of NumbersClaim */
} Timings;

extern const SpecTable timings_table;

#endif
