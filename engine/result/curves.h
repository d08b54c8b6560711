/* The courses of all trainings, thinned by averaging windows: what curves.csv holds and figures draw. */
#ifndef RESULT_CURVES_H
#define RESULT_CURVES_H

#include "base/buffer.h"
#include "result/numbers.h"

#define CURVES_FILE "curves.csv"

typedef enum CurvesMeasure {
    CURVES_PRETRAINING_LOSS, /* nats a token */
    CURVES_HELD_OUT_PERPLEXITY,
    CURVES_TASK_LOSS, /* nats an example, fine-tuning */
    CURVES_LM_LOSS,   /* nats a token, auxiliary objective of fine-tuning */
    CURVES_VALIDATION_LOSS,
    CURVES_VALIDATION_SCORE,
    N_CURVES_MEASURES
} CurvesMeasure;
extern const char *const curves_measure_words[]; /* "pre-training loss", ... */

typedef struct CurvePoint {
    CurvesMeasure measure;
    int cell;      /* of a pre-training that several share: the first of them */
    int task;      /* -1: pre-training */
    int64_t seed;  /* of fine-tuning */
    double update; /* steps made; the middle of a window */
    double tokens; /* pre-training: trained on so far */
    double epoch;  /* fine-tuning: passes over the training set so far */
    double value;
} CurvePoint;

typedef struct Curves {
    size_t n, capacity;
    CurvePoint *points; /* by measure within a training, in order of updates */
} Curves;

bool curves_add(Curves *curves, CurvePoint point, Arena *arena, Error *err) MUST_USE;

/* Of curves.csv; cells and tasks are those of the numbers. */
bool curves_read(Curves *curves, const char *path, const Numbers *numbers, Arena *arena,
                 Error *err) MUST_USE;

/* measure,cell,task,seed,update,tokens,epoch,value: one value a row; what does not apply is empty. */
bool curves_write(Buffer *csv, const Curves *curves, const Numbers *numbers, Error *err) MUST_USE;

#endif
