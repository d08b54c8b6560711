/* A claim's rule and effect in words. */
#ifndef ANALYSIS_CLAIM_WORDS_H
#define ANALYSIS_CLAIM_WORDS_H

#include "base/buffer.h"
#include "question/experiment_spec.h"
#include "result/numbers.h"

typedef enum ClaimWordsForm {
    CLAIM_WORDS_SIGNED, /* value * scale with its sign: "+9.1 points" */
    CLAIM_WORDS_RATIO,  /* a difference of logarithms, as what one is of the other: "1.19 times" */
    CLAIM_WORDS_SHARE   /* what a share is above one half, as the share: "67 % of tasks" */
} ClaimWordsForm;

/* How effects are written: a number, then the word. */
typedef struct ClaimWordsUnit {
    double scale;
    int digits;       /* behind the point */
    const char *word; /* "points" */
    ClaimWordsForm form;
} ClaimWordsUnit;

/* "+9.1", "−0.4"; of a ratio "1.19", of a share "67". */
bool claim_words_value(Buffer *text, ClaimWordsUnit unit, double value, Error *err) MUST_USE;

/* Of a row of the claim: the whole of rule "most" counts tasks, its single tasks do not. */
ClaimWordsUnit claim_words_unit(const ExperimentClaim *claim, const char *task);

/* "full" against "LSTM": test score, last minus first along labelled examples; cells by their words, by their names where
 * the experiment is not known (NULL) */
bool claim_words_effect(Buffer *text, const Experiment *experiment, const ExperimentClaim *claim,
                        Error *err) MUST_USE;

/* Effect, tasks, what was found and p: “full” against “LSTM”: test score, all tasks: +9.1 points, 95 % interval +5.0 to
 * +13.1, p = 0.012. `p` NaN: not known. */
bool claim_words_found(Buffer *text, const Experiment *experiment, const ExperimentClaim *claim,
                       const NumbersClaim *row, double p, Error *err) MUST_USE;

/* the interval is above 0, and the effect at least 2.0 points */
bool claim_words_rule(Buffer *text, const ExperimentClaim *claim, Error *err) MUST_USE;

/* ", p = 0.012"; nothing where it is not known. */
bool claim_words_p(Buffer *text, const char *name, double p, Error *err) MUST_USE;

/* +9.1 points, 95 % interval +5.0 to +13.1; with what there is to say of a trend's order */
bool claim_words_row(Buffer *text, const ExperimentClaim *claim, const NumbersClaim *row,
                     Error *err) MUST_USE;

#endif
