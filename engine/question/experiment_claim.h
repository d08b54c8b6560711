/* What a claim says, and how it is tested (experiments/README.md, "Claims").
 *
 * Something is measured (`on`) of the cells of `better` and of `worse`, at points: those of the grid, or
 * those of a probe's curve. `at` makes one number of the points. The effect is that number of `better`
 * minus that of `worse`; without `worse`, that of `better` alone; with `against_tasks`, the effect on
 * `tasks` minus the effect on those. The rule turns the effect and its interval into a verdict
 * (analysis/claims.h). */
#ifndef QUESTION_EXPERIMENT_CLAIM_H
#define QUESTION_EXPERIMENT_CLAIM_H

#include "spec/field.h"

/* Turned so that more is better; of sizes, so that more is more. */
typedef enum ClaimOn {
    CLAIM_ON_SCORE,       /* test score after fine-tuning */
    CLAIM_ON_CONVERGENCE, /* minus ln of the updates until fine-tuning reaches the validation score that
                                both `better` and `worse` reach */
    CLAIM_ON_GAP,         /* training loss minus validation loss, at the epoch that is kept */
    CLAIM_ON_PARAMETERS,     /* minus the share of parameters that fine-tuning adds */
    CLAIM_ON_ZERO_SHOT,      /* normalised score: 0 for guessing, 1 for the best model */
    CLAIM_ON_CONTEXT_WINDOW, /* minus ln of the perplexity: nats a token */
    CLAIM_ON_POSITION,       /* minus nats a token */
    CLAIM_ON_RATE,           /* ln of tokens a second; of one machine */
    CLAIM_ON_SIZE,           /* ln of the language model's parameters */
    N_CLAIM_ONS
} ClaimOn;

typedef enum ClaimAt {
    CLAIM_AT_MEAN, /* of all points */
    CLAIM_AT_FIRST,
    CLAIM_AT_LAST,
    CLAIM_AT_GAIN, /* last minus first */
    CLAIM_AT_POINT /* the point of a probe whose x is nearest to `point` */
} ClaimAt;

/* s: the smallest effect of interest. */
typedef enum ClaimRule {
    CLAIM_SUPERIOR,     /* the effect is above 0 and at least s */
    CLAIM_NOT_INFERIOR, /* it is above -s */
    CLAIM_EQUIVALENT,   /* it is between -s and s */
    CLAIM_TREND, /* superior, with the gain as effect; and the points rise: Kendall's tau above 0 */
    CLAIM_MOST   /* superior, with the share of tasks that `better` wins, less a half, as effect */
} ClaimRule;

extern const char *const experiment_claim_on_words[];   /* "score", "convergence", ... */
extern const char *const experiment_claim_at_words[];   /* "mean", "first", ... */
extern const char *const experiment_claim_rule_words[]; /* "superior", "not-inferior", ... */

/* Words that may stand among a claim's tasks: half of them, by number of labelled examples. */
#define CLAIM_LARGEST  "largest"
#define CLAIM_SMALLEST "smallest"

typedef struct ExperimentClaim {
    const char *id;
    const char *statement;
    const char *better, *worse; /* variants, or cells by name; worse NULL: none */
    double smallest_effect;     /* in units of what is measured */
    int on, at, rule;           /* ClaimOn, ClaimAt, ClaimRule */
    double point;               /* of CLAIM_AT_POINT */
    const char *along; /* grid path whose values are the points; NULL: the only one there is */
    TextList tasks,
        against_tasks; /* empty: all, none; those that a scale has not are passed over */
} ExperimentClaim;

extern const SpecTable experiment_claim_table;

/* Measured as a curve over points of its own, not once for each cell. */
bool experiment_claim_is_probe(ClaimOn on);

/* Measured on single tasks. */
bool experiment_claim_has_tasks(ClaimOn on);

/* The list of an experiment that those tasks are in. */
const char *experiment_claim_tasks_key(ClaimOn on);

#endif
