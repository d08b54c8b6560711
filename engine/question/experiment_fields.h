/* The fields of experiments/NAME.json and experiments/scales/SCALE.json beside the settings. */
#ifndef QUESTION_EXPERIMENT_FIELDS_H
#define QUESTION_EXPERIMENT_FIELDS_H

#include "question/experiment_report.h"

/* What a path of a grid says instead of a list: the scale's sweep of that path. */
#define EXPERIMENT_FIELDS_SWEEP "scale"

typedef struct ExperimentFields {
    const char *schema; /* "$schema": for editors */
    int64_t format;
    const char *title, *question, *description, *extends;
    SpecList claims;         /* of ExperimentClaim */
    TextList measure;        /* of experiment_measure_words */
    ExperimentReport report; /* what the field table knows; experiment_report_read reads all */
    Json *tasks, *zero_shot_tasks, *variants, *grid, *select, *seeds;
    int64_t select_seeds;
} ExperimentFields;
extern const SpecTable experiment_fields_table;

typedef struct ScaleFields {
    const char *schema;
    int64_t format;
    const char *title, *description;
    Json *tasks, *few_tasks, *zero_shot_tasks, *pair_tasks, *cloze_tasks, *seeds, *select, *sweeps,
        *alternatives, *companions, *experiments;
    int64_t select_seeds;
} ScaleFields;
extern const SpecTable experiment_fields_scale_table;

/* The lists of data sets that a scale may have; ends with NULL. */
extern const char *const experiment_fields_task_lists[];

/* A word that, alone or among data sets, stands for a list of the scale's. */
typedef struct ExperimentTaskWord {
    const char *key, *word; /* where it may stand: "tasks", "few" */
    const char *list;       /* what it stands for: "few_tasks" */
    const char *otherwise;  /* ... at a scale that lacks it; NULL: nothing */
} ExperimentTaskWord;

/* NULL: it is no word of that key. */
const ExperimentTaskWord *experiment_fields_task_word(const char *key, const char *word);

#endif
