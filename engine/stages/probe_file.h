/* What a probe found, as the stages write it and the outcome reads it: probe.json, a curve beside whatever else
 * the stage has to tell. */
#ifndef STAGES_PROBE_FILE_H
#define STAGES_PROBE_FILE_H

#include "base/json.h"
#include "data/dataset/dataset_facets.h"

/* Units are what is resampled for intervals: examples of a task, held-out documents, or repeated timings. */
typedef struct ProbePoints {
    int n_points, n_units;
    double *x, *value;     /* [n_points] */
    double *unit;          /* [n_points * n_units] */
    double *weight;        /* [n_points * n_units]; NULL: none */
    double *truth;         /* [n_units]; NULL: none */
    double *flops, *steps; /* [n_points]; NULL: none */
    Facets facets;         /* what units are counted by; often none */
} ProbePoints;

/* FOLDER/probe.json: the members of `more` (an object, which is added to), then the curve. */
bool probe_file_write(const char *folder, const ProbePoints *probe, Json *more, Arena *scratch,
                      Error *err) MUST_USE;

bool probe_file_read(ProbePoints *probe, const char *folder, Arena *arena, Error *err) MUST_USE;

/* Lists of numbers under a key; probe_file_get wants exactly n. */
bool probe_file_set(Json *object, const char *key, const double *value, size_t n, Arena *arena,
                    Error *err) MUST_USE;
double *probe_file_get(const Json *object, const char *key, size_t n, Arena *arena,
                       Error *err) MUST_USE;

#endif
