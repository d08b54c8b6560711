/* What an outcome says, without writing anything. */
#ifndef REPORT_VERSION_FIND_H
#define REPORT_VERSION_FIND_H

#include "experiment/outcome.h"
#include "result/evidence.h"
#include "result/findings.h"

/* hash: of the numbers, what versions are told apart by. */
bool version_find(Findings *findings, HashText *hash, Evidence *evidence, const Outcome *outcome,
                  Arena *arena, Error *err) MUST_USE;

#endif
