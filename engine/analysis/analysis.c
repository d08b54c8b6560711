#include "analysis/analysis.h"

#include "analysis/analysis_claims.h"
#include "analysis/analysis_effects.h"
#include "analysis/analysis_probes.h"
#include "analysis/analysis_scores.h"

bool analysis_make(Findings *findings, const Experiment *experiment, const Evidence *evidence,
                   Arena *arena, Error *err)
{
    Measures measures;
    const Measured measured = {experiment, &findings->numbers, evidence};
    findings->numbers.claims = (SpecList){0};
    findings->timings = (Timings){0};
    findings->tests =
        (Significance){.method = "p: two-sided, of the bootstrap draws (of a mean of seeds: "
                                 "Student's t); corrected: Holm; effects: paired "
                                 "permutation of test examples"};
    return measure_make(&measures, &measured, arena, err) &&
           analysis_scores(&findings->numbers, &measures.scores, arena, err) &&
           analysis_probes(findings, &measures.probes, arena, err) &&
           analysis_claims(findings, &measures, arena, err) &&
           analysis_effects(&findings->tests, &measures.scores, arena, err);
}
