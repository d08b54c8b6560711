/* Progress for programs: one JSON object, on a line of `reprise run --json` and in the notice that `reprise status
 * --watch` reads (cli/run_notice.h).
 *
 *   event                   "progress"
 *   experiment, scale       of the run; null where the work is of no plan
 *   stages, stages_done     that this run has to do, and has done
 *   share                   of the time that it takes, 0 to 1
 *   elapsed_seconds, left_seconds
 *   finished                true in the last one
 *   running                 a list, what most waits for first: title, unit, note, done, total, rate (units a second),
 *                           elapsed_seconds, left_seconds, loss, learning_rate, losses (the course of the loss, means
 *                           of equal stretches)
 *
 * What is not known, or is not there, is null. */
#ifndef CLI_PROGRESS_JSON_H
#define CLI_PROGRESS_JSON_H

#include "base/json.h"
#include "base/progress.h"

Json *progress_json_make(const ProgressUpdate *update, Arena *arena, Error *err) MUST_USE;

/* The way back, of a run: plan and work lie in the arena. False: it is no such object. */
bool progress_json_read(ProgressUpdate *update, const Json *json, Arena *arena,
                        Error *err) MUST_USE;

#endif
