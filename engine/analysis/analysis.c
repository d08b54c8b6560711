#include "analysis/analysis.h"

#include "analysis/analysis_claims.h"
#include "analysis/analysis_copy.h"
#include "analysis/analysis_effects.h"
#include "analysis/analysis_probes.h"
#include "analysis/analysis_scores.h"

bool analysis_make(Findings *findings, const Outcome *outcome, Arena *arena, Error *err)
{
    Measures measures;
    *findings =
        (Findings){.tests.method = "p: two-sided, of the bootstrap draws (of a mean of seeds: "
                                   "Student's t); corrected: Holm; effects: paired "
                                   "permutation of test examples"};
    return analysis_copy(&findings->numbers, outcome, arena, err) &&
           measure_make(&measures, outcome, arena, err) &&
           analysis_scores(&findings->numbers, &measures.scores, arena, err) &&
           analysis_probes(findings, &measures.probes, outcome, arena, err) &&
           analysis_claims(findings, &measures, arena, err) &&
           analysis_effects(&findings->tests, &measures.scores, arena, err);
}
