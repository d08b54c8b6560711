/* What a run tells other terminals: a notice in STORE/runs for as long as it lives, whose content is the JSON of
 * its progress (cli/progress_json.h). */
#ifndef CLI_RUN_NOTICE_H
#define CLI_RUN_NOTICE_H

#include "base/json.h"
#include "base/notice.h"
#include "base/progress.h"

typedef struct RunNotice {
    Notice notice;
    double written_seconds;
} RunNotice;

/* Notices of runs that were killed are removed. Where it cannot be written, nobody is told. `begins`: what is known
 * of the run at first. */
bool run_notice_open(RunNotice *notice, const char *store, const ProgressPlan *begins, Arena *arena,
                     Error *err) MUST_USE;
void run_notice_write(RunNotice *notice, const ProgressUpdate *update); /* about once a second */
void run_notice_close(RunNotice *notice);

/* How a run of an experiment, or of all together, is getting on that another process makes; *found false: there is
 * none. */
bool run_notice_find(bool *found, ProgressUpdate *update, const char *store, const char *experiment,
                     const char *scale, Arena *arena, Error *err) MUST_USE;

#endif
