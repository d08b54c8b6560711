/* From the runs of an experiment to what a result says: scores with intervals, paired effects, probes, verdicts.
 *
 * What varies in the intervals of scores is the fine-tuning seed and the test example; there is one
 * pre-training, so another might differ by more. */
#ifndef ANALYSIS_ANALYSIS_H
#define ANALYSIS_ANALYSIS_H

#include "result/evidence.h"
#include "result/findings.h"

/* Adds what follows from the evidence: scores, effects, probes, claims; `findings` has what was taken over from
 * the runs (tasks, cells, runs, pre-trainings, ...), and may have been analysed before. */
bool analysis_make(Findings *findings, const Experiment *experiment, const Evidence *evidence,
                   Arena *arena, Error *err) MUST_USE;

#endif
