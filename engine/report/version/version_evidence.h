/* The evidence of an outcome: its predictions, the epochs of its trainings, its probes. */
#ifndef REPORT_VERSION_EVIDENCE_H
#define REPORT_VERSION_EVIDENCE_H

#include "experiment/outcome.h"
#include "result/evidence.h"

/* Arrays are borrowed from the outcome. Every task's runs must have been scored on the same test examples. */
bool version_evidence(Evidence *evidence, const Outcome *outcome, Arena *arena,
                      Error *err) MUST_USE;

#endif
