/* Probes as numbers: each curve with its intervals; rates apart, because they are of a machine. */
#ifndef ANALYSIS_ANALYSIS_PROBES_H
#define ANALYSIS_ANALYSIS_PROBES_H

#include "result/findings.h"
#include "analysis/probe_draws.h"

bool analysis_probes(Findings *findings, const ProbeDraws *draws, Arena *arena,
                     Error *err) MUST_USE;

#endif
