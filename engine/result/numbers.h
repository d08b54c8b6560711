/* The numbers of a result: what a re-run must reproduce bit for bit. Machine, time and wording are not
 * among them. Written to and read from result.json by the field tables in numbers.c.
 *
 * Scores are fractions as the metrics give them (0.913, not 91.3). NUMBERS_ALL_TASKS as a task means the
 * mean over all tasks. */
#ifndef RESULT_NUMBERS_H
#define RESULT_NUMBERS_H

#include "question/probe_kind.h"
#include "spec/field.h"

#define NUMBERS_ALL_TASKS "all tasks"

typedef struct NumbersTask {
    const char *name, *metric;
    int64_t validation_examples, test_examples;
    double baseline;    /* test score of always giving the commonest answer */
    double paper_score; /* the paper's, on the benchmark's own test set; NaN: none */
} NumbersTask;

typedef struct NumbersRun {
    const char *cell, *task;
    int64_t seed, train_examples, parameters;
    int64_t best_epoch; /* the one whose weights were kept, from 1 */
    double validation_score, validation_accuracy, validation_loss;
    double test_score, test_accuracy, test_loss;
    bool degenerate; /* test predictions constant, or the metric undefined on them */
} NumbersRun;

/* A cell's test score: mean and standard deviation over seeds, 95 % interval over seeds and examples. */
typedef struct NumbersScore {
    const char *cell, *task;
    int64_t seeds, degenerate; /* how many; how many of them with degenerate predictions */
    double mean, deviation, low, high;
} NumbersScore;

/* `better` minus `worse` (cells, or variants: then the mean over their grid points), paired by seed and
 * example. */
typedef struct NumbersEffect {
    const char *better, *worse, *task;
    double mean, low, high;
} NumbersEffect;

/* `task`: one, or what the claim is about as a whole; of a claim's rows the last is that. */
typedef struct NumbersClaim {
    const char *id, *task;
    int verdict; /* Verdict */
    double smallest_effect, mean, low, high;
    double order, order_low,
        order_high; /* rule "trend": Kendall's tau along the points; else NaN */
} NumbersClaim;

/* A point of a probe's curve, with its 95 % interval over units. */
typedef struct NumbersPoint {
    double x, value, low, high;
    double normalised; /* zero-shot: (value - chance) / (best - chance); else NaN */
} NumbersPoint;

/* What was measured on a language model without fine-tuning, as a curve (probe_kind.h says over what). Zero-shot:
 * one a task, and after the tasks, if there are several, all of them: the mean of the normalised scores, with
 * chance 0 and best 1. */
typedef struct NumbersProbe {
    int kind; /* ProbeKind */
    const char *cell;
    const char *task;    /* NULL: not zero-shot */
    double chance, best; /* zero-shot: scores of guessing and of the best model; else NaN */
    int64_t units;       /* examples, held-out documents or repeated timings that were resampled */
    SpecList points;     /* of NumbersPoint, in order of x */
} NumbersProbe;

typedef struct NumbersPretrain {
    TextList cells; /* that begin from it */
    int64_t parameters, tokens, updates;
    double held_out_perplexity;
} NumbersPretrain;

/* How a cell's settings for a task were chosen, on validation data alone. */
typedef struct NumbersSelection {
    const char *cell, *task;
    const char *chosen;  /* "learning_rate=0.0003" */
    TextList candidates; /* the same for every cell */
    RealList validation; /* [candidates] score, mean over seeds */
} NumbersSelection;

/* Sequences that lost tokens because they were longer than the context; a task may make several of one
 * example. Cells and tasks that lost none have no row. */
typedef struct NumbersTruncation {
    const char *cell, *task;
    int64_t train_sequences, train_truncated;
    int64_t validation_sequences, validation_truncated;
    int64_t test_sequences, test_truncated;
} NumbersTruncation;

typedef struct Numbers {
    SpecList tasks; /* of NumbersTask, and so on */
    TextList cells;
    SpecList pretrains;
    SpecList runs;   /* by cell, task, seed */
    SpecList scores; /* by cell, task; after the tasks, if there are several, all of them */
    SpecList effects;
    SpecList claims;      /* by claim, task */
    SpecList probes;      /* by kind, cell, task; no rates: those are of a machine (timings.h) */
    SpecList selections;  /* by cell, task */
    SpecList truncations; /* by cell, task */
} Numbers;

extern const SpecTable numbers_table, numbers_probe_table, numbers_claim_table;

/* NULL: none. */
const NumbersScore *numbers_score(const Numbers *numbers, const char *cell, const char *task);
const NumbersEffect *numbers_effect(const Numbers *numbers, const char *better, const char *worse,
                                    const char *task);
const NumbersSelection *numbers_selection(const Numbers *numbers, const char *cell,
                                          const char *task);
/* What its scores are, for tables: "Matthews correlation"; of an unknown metric the name. */
const char *numbers_task_unit(const NumbersTask *task);

int numbers_task_place(const Numbers *numbers, const char *task); /* among the tasks; -1: none */

/* The language model that a cell begins from; NULL: none. */
const NumbersPretrain *numbers_pretrain(const Numbers *numbers, const char *cell);
/* The first cell that begins from the same one; -1: it begins from none. */
int numbers_first_cell(const Numbers *numbers, int cell);

/* task NULL: a probe that has none. */
const NumbersProbe *numbers_probe(const Numbers *numbers, ProbeKind kind, const char *cell,
                                  const char *task);

#endif
