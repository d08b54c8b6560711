/* What a stage is asked for: one cell of an experiment and, where the kind has them, a task and a seed. */
#ifndef STAGES_STAGE_REQUEST_H
#define STAGES_STAGE_REQUEST_H

#include "plan/stage.h"
#include "question/settings.h"
#include "stages/data_shelf.h"
#include "task/lengths.h"
#include "task/metric.h"

typedef struct StageTask {
    const char *name;
    const Dataset *dataset;
    const DatasetInfo *info;
    const Metric *metric;
    HashText hash; /* of the content */
    Lengths lengths;
} StageTask;

typedef struct StageRequest {
    const char *cell; /* its name, for titles */
    const Settings *settings;
    const DataShelfItem *corpus;
    const DataShelfItem *published; /* tokenizer; NULL: it is learnt from the corpus */
    const DataShelfItem *weights;   /* NULL: what is pre-trained is trained */
    const StageTask *task;          /* NULL: of no task */
    int64_t seed;                   /* of kinds that have one */
    const Kernels *kernels;
    int n_stages;
    Stage *stages[STAGE_MAX_INPUTS]; /* of the same cell, task and seed: what may be read */
} StageRequest;

/* The struct of a kind's document, from a request. */
typedef bool StageFill(void *document, const StageRequest *request, Arena *arena, Error *err);

/* For people, "cola, full, seed 1"; may differ between requests for the same stage: the first counts.
 * NULL: failed. */
typedef const char *StageTitle(const StageRequest *request, const void *document, Arena *arena,
                               Error *err);

typedef bool StageEstimate(StageCost *cost, const StageRequest *request, const void *document,
                           Arena *arena, Error *err);

#endif
