/* results/NAME/SCALE/vNNN/: what an experiment found, as a folder of text that is committed.
 *
 *   result.json   the resolved spec and its hash, all numbers, how sure they are, timings, provenance
 *   runs.csv      cell,task,seed,split,metric,value: one value a row
 *   curves.csv    the courses of all trainings (curves.h)
 *   table.md, table.tex
 *   figures/      NAME.svg and NAME.pdf, with the CSV and the gnuplot script that drew them
 *   README.md     all of it to look at
 *
 * A version appears as a whole, by rename, and is never changed. Numbers that some version has already are
 * not written again. */
#ifndef REPORT_VERSION_H
#define REPORT_VERSION_H

#include "experiment/outcome.h"
#include "result/comparison.h"
#include "result/findings.h"

typedef struct VersionWritten {
    const char *version; /* written, or reproduced */
    const char *folder;
    bool reproduced;      /* bit for bit: nothing was written */
    bool dirty;           /* the engine was edited since its last commit */
    const char *table;    /* table.md */
    const char *previous; /* version before; NULL: this is the first */
    Comparison moved;     /* against that */
} VersionWritten;

/* `results`: the folder of all results. */
bool version_write(VersionWritten *written, const Outcome *outcome, const char *results,
                   Arena *arena, Error *err) MUST_USE;

/* What an outcome says, and the hash of its numbers, without writing anything. */
bool version_find(Findings *findings, HashText *hash, const Outcome *outcome, Arena *arena,
                  Error *err) MUST_USE;

#endif
