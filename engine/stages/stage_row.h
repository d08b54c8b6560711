/* A kind of stage as a row: what its key is made of, what it reads, what it takes, and how it is run.
 *
 * The document is a struct with a field table. It is filled from a request, written without defaults, and
 * hashed. A run gets the struct that is read from that very document, so that nothing that was not hashed can
 * decide a number; only fields that are numerics_free come from the request. Data sets are found by the hash
 * in the document, kernels by their name there. */
#ifndef STAGES_STAGE_ROW_H
#define STAGES_STAGE_ROW_H

#include "plan/graph.h"
#include "spec/field.h"
#include "stages/stage_request.h"

/* What runs may use and that decides no number. */
struct StageServices {
    const DataShelf *data;
};

typedef struct StageRun {
    const Stage *stage;   /* title and inputs, which are done */
    const char *folder;   /* exists; may hold an interrupted run */
    const void *document; /* the kind's own struct */
    Arena *arena;         /* of this run */
} StageRun;

typedef struct StageRow StageRow;

struct StageRow {
    StageKind kind; /* first; its run is stage_row_run */
    const char *help;
    /* All of them, or ended by NULL. One that a cell has not is left out. */
    const StageRow *inputs[STAGE_MAX_INPUTS];
    /* Whether a cell with these settings has such a stage; NULL: every cell. */
    bool (*applies)(const Settings *settings);
    const SpecTable *document;
    /* Fields of the document that are called otherwise where they are set, each with that name behind it; ended by
     * NULL. NULL: none are. */
    const char *const *settings;
    /* Refuses what would fail later; NULL: nothing to refuse. */
    bool (*check)(const StageRequest *request, Error *err);
    StageFill *fill;
    StageTitle *title;
    StageEstimate *cost; /* NULL: next to nothing */
    bool (*run)(const StageRun *run, Error *err);
};

bool stage_row_applies(const StageRow *row, const Settings *settings);

/* The stage that the request makes, for a cell that has one; NULL on failure. */
Stage *stage_row_add(Graph *graph, const StageRow *row, const StageRequest *request,
                     Error *err) MUST_USE;

/* The stage of this kind that a request may read; NULL: none. */
Stage *stage_row_requested(const StageRequest *request, const StageRow *row);

bool stage_row_run(const Stage *stage, const char *folder, Error *err) MUST_USE;

/* Fills the struct of the stage's row from the stage's document. */
bool stage_row_read(void *document, const Stage *stage, Arena *arena, Error *err) MUST_USE;

/* For people: a document of the stage's kind with what was left out of it at its default, without what it reads,
 * and with the names of settings and of data sets that are open. An ExplainComplete (plan/explain.h). */
bool stage_row_complete(Json **completed, const Stage *stage, const Json *document, Arena *arena,
                        Error *err) MUST_USE;

/* What the run reads of this kind; NULL: left out. */
const Stage *stage_row_input(const StageRun *run, const StageRow *row);

/* A file in the folder of an input that is there. */
char *stage_row_input_file(const StageRun *run, const StageRow *row, const char *file,
                           Error *err) MUST_USE;

/* The data set that the document names by its hash. */
const Dataset *stage_row_data(const StageRun *run, const char *hash, Error *err) MUST_USE;

#endif
