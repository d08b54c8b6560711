/* What there is to be analysed: the question, what was taken over from the runs, and the evidence. */
#ifndef ANALYSIS_MEASURED_H
#define ANALYSIS_MEASURED_H

#include "result/evidence.h"

typedef struct Measured {
    const Experiment *experiment;
    const Numbers *numbers; /* tasks, cells, runs, pre-trainings */
    const Evidence *evidence;
} Measured;

#endif
