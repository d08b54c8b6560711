/* How sure effects and verdicts are, beside their intervals. All of it follows from runs and claims, and so is
 * no part of what a re-run must reproduce; `tests` in result.json.
 *
 * A claim that spans tasks gives a verdict on each, and some of many are bound to come out by chance. Holm's
 * correction (1979) keeps the probability that any of a claim's verdicts on single tasks is wrong below 5 %: a
 * verdict that does not stand it is undecided. The verdict on the whole is one, and needs none. */
#ifndef RESULT_SIGNIFICANCE_H
#define RESULT_SIGNIFICANCE_H

#include "spec/field.h"

typedef struct SignificanceClaim {
    const char *id, *task;
    /* Two-sided, of what the verdict rejects (claims.h); NaN: nothing is known of chance. */
    double p;
    double p_corrected; /* among the tasks of the claim; of the whole the same as p */
    int verdict;        /* Verdict, after the correction */
    TextList caveats;   /* what the interval does not say */
} SignificanceClaim;

/* A paired effect of test scores that a claim names, of two single cells. */
typedef struct SignificanceEffect {
    const char *better, *worse, *task;
    /* Paired permutation of test examples, with the seeds that there are (permutation.h). */
    double p;
} SignificanceEffect;

typedef struct Significance {
    const char *method;
    SpecList claims;  /* of SignificanceClaim, in the order of the claims' rows */
    SpecList effects; /* of SignificanceEffect */
} Significance;

extern const SpecTable significance_table;

/* NULL: none. */
const SignificanceClaim *significance_claim(const Significance *significance, const char *id,
                                            const char *task);

#endif
