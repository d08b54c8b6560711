/* What the numbers of a result follow from, example by example: evidence.json. With it intervals, effects and
 * verdicts can be computed again from the committed files alone (reprise report recompute).
 *
 *   tasks   of each task the truth of its test examples
 *   runs    of each (cell, task, seed) the predictions of those, and the course of fine-tuning, epoch by epoch
 *   probes  of each curve what is resampled: predictions, losses of documents, timings
 *
 * Values are text: a digit each where all are whole numbers from 0 to 9, else numbers parted by spaces that read back
 * to the last bit. */
#ifndef RESULT_EVIDENCE_H
#define RESULT_EVIDENCE_H

#include "data/dataset/dataset_facets.h"
#include "question/experiment_spec.h"
#include "result/numbers.h"
#include "task/metric.h"

typedef struct EvidenceTask {
    const Metric *metric;
    int n;               /* test examples, > 0 */
    const double *truth; /* [n] classes, answers or targets */
} EvidenceTask;

/* Of one fine-tuning; epochs in order. Losses are nats an example. */
typedef struct EvidenceRun {
    const double *predicted; /* [n of the task] */
    int n_epochs;
    const double *update; /* [n_epochs] the last of the epoch, from 0 */
    const double *train_loss, *validation_loss, *validation_score;
} EvidenceRun;

/* One curve. Units are what is resampled for intervals: examples of a task, held-out documents, or repeated
 * timings. */
typedef struct EvidenceProbe {
    ProbeKind kind;
    int cell;
    int task;             /* zero-shot: index in the experiment's zero-shot tasks; else -1 */
    const Metric *metric; /* zero-shot */
    double chance, best;  /* zero-shot: scores of guessing and of the best model */
    int n_points, n_units;
    const double *x;     /* [n_points] */
    const double *value; /* [n_points] score; perplexity; nats a token; tokens a second (median) */
    /* zero-shot: predictions, with `truth`; context window and position: sum of losses over a document in nats,
     * with its number of tokens in `weight`; rate: tokens a second */
    const double *unit;   /* [n_points * n_units] */
    const double *weight; /* [n_points * n_units]; NULL for zero-shot and rate */
    const double *truth;  /* [n_units]; NULL but for zero-shot */
    Facets facets;        /* zero-shot: what examples are counted by; often none */
} EvidenceProbe;

typedef struct Evidence {
    int n_cells, n_tasks, n_seeds;
    EvidenceTask *tasks; /* [n_tasks] as among the numbers */
    EvidenceRun *runs;   /* cell-major, then task, then seed, as among the numbers */
    int n_probes;
    EvidenceProbe *probes; /* by kind, cell, task */
} Evidence;

#define EVIDENCE_FILE "evidence.json"

/* Names are those of the experiment and of the numbers that were taken over from its runs. */
bool evidence_write(const char *path, const Evidence *evidence, const Experiment *experiment,
                    const Numbers *numbers, Arena *arena, Error *err) MUST_USE;

/* What does not fit the experiment and its numbers, a missing run or too few values, is an error. */
bool evidence_read(Evidence *evidence, const char *path, const Experiment *experiment,
                   const Numbers *numbers, Arena *arena, Error *err) MUST_USE;

#endif
