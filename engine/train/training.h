/* The loop that every kind of training runs in: it begins or goes on, makes update after update, does
 * what comes due between them, keeps curves and resume points, and ends with the kind's own files.
 *
 * Its folder holds, while it runs, resume.safetensors (weights, moments, where the run stands) and the
 * curves with at least the rows up to it. What comes due after an update is done again by a run that
 * goes on from that update, so it may be cut off in the middle. The sums are written last: with them the
 * run is complete, and nothing is done again. Cut off at any point and run again, it ends in the same
 * bits.
 *
 * Weights that are not finite numbers are neither saved nor handed on. */
#ifndef TRAIN_TRAINING_H
#define TRAIN_TRAINING_H

#include "base/progress.h"
#include "train/checkpoint.h"
#include "train/curve.h"
#include "train/update.h"

#define TRAINING_WEIGHTS_FILE "weights.safetensors" /* that later stages begin from */
#define TRAINING_CURVE_FILE   "curve.csv"
#define TRAINING_RESUME_FILE  "resume.safetensors"

typedef struct Training Training;

typedef struct TrainingKind {
    const char *name;            /* "pre-training" */
    const char *unit;            /* that progress counts: "tokens" */
    const char *sums_name;       /* of the file that is written last: "pretrain.json" */
    const char *curve_header;    /* of curve.csv, a row an update */
    const char *measures_name;   /* of the curve of what comes due between updates ... */
    const char *measures_header; /* ... whose first column is the update before it */
    const char *remedy;          /* of a run that diverges: what to change */

    /* Makes what training.h says is the kind's to make: all but the weights that a resume point has. */
    bool (*prepare)(Training *training, Error *err);
    /* What a run that does not go on from a resume point begins with, beside initial weights; NULL:
     * nothing. */
    bool (*begin)(Training *training, Error *err);
    /* Number at.update. False: asked to stop in the middle, and none was made. */
    bool (*update)(UpdateReport *report, Training *training, Error *err);
    /* After an update, counted in at.update by now: its row of the curve, and what progress shows. */
    bool (*record)(Training *training, const UpdateReport *report, Error *err);
    /* What is due after the updates done so far, none at first: a checkpoint, a validation. Done twice
     * it gives the same. */
    bool (*due)(Training *training, Error *err);
    double (*done)(const Training *training);        /* units of work */
    Json *(*finish)(Training *training, Error *err); /* files; then what the sums say */
} TrainingKind;

/* One run in progress. */
struct Training {
    const TrainingKind *kind;
    void *state; /* the kind's own, borrowed */
    const char *folder;
    Arena *arena, *scratch;
    Curve curve, measures;
    Checkpoint at; /* updates done, seconds */
    Progress progress;
    const char *resume_path, *sums_path;
    int64_t saved_update; /* of the resume point; 0: there is none, and none is needed to begin */
    double begun;
    /* Made by `prepare`, in the arena or the state: */
    Learner *learner; /* with initial weights */
    const OptimizerPlan *plan;
    int64_t save_every; /* updates from one resume point to the next */
    double total;       /* units of work */
    const char *title;  /* "pre-training gpt", for progress */
};

bool training_run(const TrainingKind *kind, void *state, const char *folder, Error *err) MUST_USE;

/* For the sums: what the run has taken until now, interrupted ones included. */
double training_seconds(Training *training);

/* The learner's weights, under a name in the folder. */
bool training_save_weights(Training *training, const char *name, Error *err) MUST_USE;

#endif
