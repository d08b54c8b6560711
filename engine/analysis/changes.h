/* What moved from a result of an experiment to a later one, in words: settings, thresholds of claims, verdicts. */
#ifndef ANALYSIS_CHANGES_H
#define ANALYSIS_CHANGES_H

#include "result/result.h"

enum { CHANGES_MOST_SETTINGS = 40 };

/* "4 epochs, was 8 epochs": each setting of cells that both have once. */
bool changes_settings(TextList *settings, const Experiment *before, const Experiment *after,
                      Arena *arena, Error *err) MUST_USE;

typedef struct ChangesClaim {
    const char *id;
    int before, after; /* Verdict; -1: there is none */
    /* "supported -> undecided, because the effect went from ... to ...; the threshold went from ... to ..." */
    const char *words;
} ChangesClaim;

/* Of ChangesClaim: claims with another verdict, another threshold, or that only one of them asks. */
bool changes_claims(SpecList *claims, const Result *before, const Result *after, Arena *arena,
                    Error *err) MUST_USE;

#endif
