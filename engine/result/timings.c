#include "result/timings.h"

#include "result/numbers.h"

static const SpecField timings_fields[] = {
    SPEC_STRUCTS(Timings, probes, &numbers_probe_table, "training rates"),
    SPEC_STRUCTS(Timings, claims, &numbers_claim_table, "verdicts, of this machine"),
    SPEC_END,
};
const SpecTable timings_table = {"timings", sizeof(Timings), timings_fields, NULL};
