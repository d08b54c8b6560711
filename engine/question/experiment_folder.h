/* The documents of an experiments folder, found by name. */
#ifndef QUESTION_EXPERIMENT_FOLDER_H
#define QUESTION_EXPERIMENT_FOLDER_H

#include "question/experiment_spec.h"

typedef struct ExperimentSource {
    const char *name;
    SpecReader reader; /* names the file */
    const Json *json;  /* an object */
} ExperimentSource;

/* Reads FOLDER/NAME.json. An unknown name is reported at `asking` and `asking_path`, where it was
 * asked for; asking NULL: by the user. `kind` is "experiment" or "scale". */
bool experiment_folder_open(ExperimentSource *source, const char *kind, const char *name,
                            const char *folder, const SpecReader *asking, const char *asking_path,
                            Arena *arena, Error *err) MUST_USE;

#endif
