#include "report/version/version_find.h"

#include "analysis/analysis.h"
#include "report/version/version_evidence.h"
#include "report/version/version_facts.h"

bool version_find(Findings *findings, HashText *hash, Evidence *evidence, const Outcome *outcome,
                  Arena *arena, Error *err)
{
    *findings = (Findings){0};
    if (!version_facts(&findings->numbers, outcome, arena, err) ||
        !version_evidence(evidence, outcome, arena, err) ||
        !analysis_make(findings, outcome->plan->experiment, evidence, arena, err))
        return false;
    Json *json = spec_write(&findings->numbers, &numbers_table, true, arena, err);
    return json && json_hash(hash, json, arena, err);
}
