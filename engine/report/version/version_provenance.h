/* Where an outcome comes from: this engine and machine, the data sets, the stages as they were recorded. */
#ifndef REPORT_VERSION_PROVENANCE_H
#define REPORT_VERSION_PROVENANCE_H

#include "experiment/outcome.h"
#include "result/provenance.h"

/* Of it only what is said of the data sets. */
bool version_provenance_data(Provenance *provenance, const Plan *plan, Arena *arena,
                             Error *err) MUST_USE;

bool version_provenance(Provenance *provenance, const Outcome *outcome, Arena *arena,
                        Error *err) MUST_USE;

#endif
