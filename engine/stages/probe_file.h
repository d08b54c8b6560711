/* What a probe found, as the stages write it and the outcome reads it: probe.json, the curve of an
 * OutcomeProbe, beside whatever else the stage has to tell. */
#ifndef STAGES_PROBE_FILE_H
#define STAGES_PROBE_FILE_H

#include "experiment/outcome.h"

/* FOLDER/probe.json: the members of `more` (an object, which is added to), then the curve. */
bool probe_file_write(const char *folder, const OutcomeProbe *probe, Json *more, Arena *scratch,
                      Error *err) MUST_USE;

/* Everything of the curve; kind, cell and task are left alone. */
bool probe_file_read(OutcomeProbe *probe, const char *folder, Arena *arena, Error *err) MUST_USE;

/* Lists of numbers under a key; probe_file_get wants exactly n. */
bool probe_file_set(Json *object, const char *key, const double *value, size_t n, Arena *arena,
                    Error *err) MUST_USE;
double *probe_file_get(const Json *object, const char *key, size_t n, Arena *arena,
                       Error *err) MUST_USE;

#endif
