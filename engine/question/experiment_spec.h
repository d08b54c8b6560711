/* What an experiment is, and how it is resolved (experiments/README.md).
 *
 * experiments/NAME.json is the question, experiments/scales/SCALE.json the size. Settings (corpus,
 * tokenizer, model, pretrain, finetune) are merged in the order
 *
 *     scale -> what the experiment extends, oldest first -> experiment -> variant -> grid point
 *
 * Objects merge member by member; lists and null replace. Naming another registry entry ("architecture":
 * "lstm") starts that entry anew: it keeps the fields that both have, takes the scale's `alternatives` for
 * it, then what stands beside the name. A grid path inside a part that is off (null) changes nothing.
 *
 * A cell is one variant at one grid point. A run is one (cell, task, seed); all combinations are run.
 *
 * With `select`, which a scale may give too, each cell has candidates: the points of that product, the
 * same for every cell. All are fine-tuned, and for each task the one with the best mean validation score
 * over the seeds, or over the first `select_seeds` of them, stands for the cell (experiment/selection.h).
 *
 * Errors     ERROR_USAGE, all of them at once, each with file and JSON path
 * Ownership  everything lives in the arena given */
#ifndef QUESTION_EXPERIMENT_SPEC_H
#define QUESTION_EXPERIMENT_SPEC_H

#include "question/experiment_claim.h"
#include "question/experiment_measure.h"
#include "question/experiment_report.h"
#include "question/settings.h"

/* A cell moved to one point of what is selected. */
typedef struct ExperimentCandidate {
    const char *label; /* "learning_rate=0.0003" */
    const Json *point; /* dotted path -> value */
    const Settings *settings;
} ExperimentCandidate;

typedef struct ExperimentCell {
    const char *name; /* "LSTM", "transfer_layers=2", "LSTM, transfer_layers=2": unique */
    const char *variant;
    const Json *point; /* dotted path -> value; empty without a grid */
    const Json *json;  /* resolved settings, defaults filled in */
    const Settings *settings;
    size_t n_candidates;                   /* 0: nothing is selected */
    const ExperimentCandidate *candidates; /* the last path fastest */
} ExperimentCell;

typedef struct Experiment {
    const char *name, *scale;
    const char *title, *question, *description; /* the last two may be NULL */
    size_t n_claims;
    const ExperimentClaim *claims;
    TextList variants;
    TextList omitted; /* variants and claims that the scale leaves out: "LSTM", "claim zero-shot" */
    size_t n_cells;
    const ExperimentCell *cells; /* by variant, then by grid point, the last path fastest */
    bool measures[N_MEASURES];
    TextList tasks;           /* data sets; empty when fine-tuning is not measured */
    TextList zero_shot_tasks; /* data sets; empty when zero-shot behaviour is not measured */
    IntList seeds;
    ExperimentReport report;
    const Json *select;   /* dotted path -> list of values; NULL: nothing is selected */
    int64_t select_seeds; /* by the first so many seeds; 0: by all */
    const Json *document; /* all of the above, resolved: saved with the results */
    int n_lacking; /* of the errors, those that only say that the scale has not what is asked for */
} Experiment;

/* Stands for all experiments where one is asked for; no experiment may have it. */
#define EXPERIMENT_ALL "all"

bool experiment_load(Experiment *experiment, const char *name, const char *scale,
                     const char *folder, Arena *arena, Error *err) MUST_USE;

/* The same with another table of settings (cells' `settings` are then of its struct); tests. */
bool experiment_load_with(Experiment *experiment, const SpecTable *settings, const char *name,
                          const char *scale, const char *folder, Arena *arena, Error *err) MUST_USE;

/* Names of what is in FOLDER/ and FOLDER/scales/, sorted, without ".json". */
bool experiment_folder_names(TextList *names, const char *folder, Arena *arena,
                             Error *err) MUST_USE;
bool experiment_folder_scales(TextList *names, const char *folder, Arena *arena,
                              Error *err) MUST_USE;

/* The reference of both kinds of document, and their JSON Schemas. */
bool experiment_describe(Buffer *markdown, Error *err) MUST_USE;
Json *experiment_schema(Arena *arena, Error *err) MUST_USE;
Json *experiment_schema_scale(Arena *arena, Error *err) MUST_USE;

#endif
