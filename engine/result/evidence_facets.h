/* Of evidence.json: what the units of a probe are counted by (data/dataset/dataset_facets.h), in runs of units with
 * the same value, which in a published data set are long. */
#ifndef RESULT_EVIDENCE_FACETS_H
#define RESULT_EVIDENCE_FACETS_H

#include "data/dataset/dataset_facets.h"

extern const SpecTable evidence_facets_table;

/* `fields`: structs of evidence_facets_table, from and to the file. */
bool evidence_facets_write(SpecList *fields, const Facets *facets, int n_units, Arena *arena,
                           Error *err) MUST_USE;
bool evidence_facets_read(Facets *facets, const SpecList *fields, int n_units,
                          const SpecReader *reader, const char *path) MUST_USE;

#endif
