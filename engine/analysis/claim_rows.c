#include "analysis/claim_rows.h"

#include <string.h>

ClaimRows claim_rows(const Findings *findings, const ExperimentClaim *claim)
{
    const SpecList *list =
        claim->on == CLAIM_ON_RATE ? &findings->timings.claims : &findings->numbers.claims;
    const NumbersClaim *row = list->items, *end = row + list->n;
    while (row < end && strcmp(row->id, claim->id) != 0) row++;
    ClaimRows rows = {0, row};
    while (row + rows.n < end && !strcmp(row[rows.n].id, claim->id)) rows.n++;
    return rows;
}
