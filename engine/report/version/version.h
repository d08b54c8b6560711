/* Writes a version of a result (result.h), or recognizes the one that is reproduced.
 *
 * A version appears as a whole, by rename, and its numbers are never changed. Numbers that some version has already are not
 * written again: that version gets the words of today where they are others (result_words.h), and evidence where an older
 * one has none. Of several processes that write to one folder one does so at a time; the others wait, and find what it
 * wrote. */
#ifndef REPORT_VERSION_H
#define REPORT_VERSION_H

#include "analysis/comparison.h"
#include "experiment/outcome.h"

typedef struct VersionWritten {
    const char *version; /* written, or reproduced */
    const char *folder;
    bool reproduced;      /* bit for bit: no number was written */
    const char *added;    /* a file that it lacked; NULL: none */
    const char *reworded; /* which of its words were others, "title, claim transfer"; NULL: none */
    bool dirty;           /* the engine was edited since its last commit */
    const char *previous; /* version before; NULL: this is the first */
    Comparison moved;     /* against that */
} VersionWritten;

/* `results`: the folder of all results. */
bool version_write(VersionWritten *written, const Outcome *outcome, const char *results,
                   Arena *arena, Error *err) MUST_USE;

/* All of a result but version and folder: what was found, curves, models, where it comes from. */
bool version_gather(Result *result, const Outcome *outcome, const Findings *findings, Arena *arena,
                    Error *err) MUST_USE;

#endif
