/* Merging JSON objects as settings are merged (experiment_spec.h). */
#ifndef QUESTION_EXPERIMENT_MERGE_H
#define QUESTION_EXPERIMENT_MERGE_H

#include "spec/field.h"

typedef struct ExperimentMerge {
    const SpecTable *table;   /* fields of the objects: says where registry entries are */
    const Json *alternatives; /* setting -> entry -> its fields; NULL: none */
    const Json *companions;   /* setting -> entry -> other settings that go with it; NULL: none */
    Arena *arena;
    Error *err;
} ExperimentMerge;

/* A new object; neither argument changes. */
Json *experiment_merge(const ExperimentMerge *merge, const Json *base,
                       const Json *overrides) MUST_USE;

/* The same with one value at a dotted path. Inside a part that is off (null, or absent where null is the
 * default) nothing changes. */
Json *experiment_merge_value(const ExperimentMerge *merge, const Json *base,
                             const char *dotted_path, const Json *value) MUST_USE;

/* `given` (may be NULL) with the entries that `settings` itself names, so that a way back to them is
 * known too. */
Json *experiment_merge_alternatives(const ExperimentMerge *merge, const Json *given,
                                    const Json *settings) MUST_USE;

#endif
