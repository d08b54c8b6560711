/* Why stages of a plan are to do: what of their settings, and of those of all that they read, differs from what the
 * nearest earlier stage in the store was made from.
 *
 * Nearest is one of the same kind and title, which says cell, task and seed; where there is none, of the kind. Of
 * several it is the one with the fewest differences, of equals the one that was finished last. */
#ifndef PLAN_EXPLAIN_H
#define PLAN_EXPLAIN_H

#include "plan/store.h"

/* A stage's document with what was left out of it at its default. It may be an old one, which other versions of the
 * engine wrote; NULL without an error: it cannot be read. */
typedef bool ExplainComplete(Json **completed, const Stage *stage, const Json *document,
                             Arena *arena, Error *err);

/* One field that has another value now. */
typedef struct ExplainChange {
    const char *words; /* "finetune.epochs: 3 -> 5" */
    const char *kind;  /* of the stage whose own it is */
    int n_stages;      /* that are to do for it */
} ExplainChange;

typedef struct Explain {
    const StoreList *list;
    ExplainComplete *complete; /* NULL: documents as they are */
    Arena *arena;
    int n_stages, n_to_do; /* that were explained */
    size_t n, room;
    ExplainChange *changes; /* of all of them, each once */
} Explain;

Explain explain_begin(const StoreList *list, ExplainComplete *complete, Arena *arena);

/* A line with the stage's state, and below it what is damaged of a finished one, or the changes for which it is to
 * do. */
bool explain_stage(Buffer *text, Explain *explain, const Stage *stage, Error *err) MUST_USE;

/* What was changed, and how many stages are to do for it. */
bool explain_summary(Buffer *text, const Explain *explain, Error *err) MUST_USE;

#endif
