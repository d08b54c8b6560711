/* Tables, figures and page of a result, from the result alone. */
#ifndef REPORT_VERSION_DRAW_H
#define REPORT_VERSION_DRAW_H

#include "result/result.h"

/* Into a folder, which may be the result's own: tables, values and scripts of figures, README.md. */
bool version_draw(const Result *result, const char *folder, Error *err) MUST_USE;

/* The figures of the scripts there. */
bool version_draw_plot(const Result *result, const char *folder, Error *err) MUST_USE;

/* Data sets that the result does not describe, as older ones do not, are described by their manifests. */
bool version_draw_describe(Result *result, const DatasetPlaces *places, Error *err) MUST_USE;

#endif
