#include "experiment/outcome_probes.h"

#include "stages/probe_file.h"

static const Stage *stage_of(const PlanCell *cell, ProbeKind kind)
{
    switch (kind) {
    case PROBE_CONTEXT_WINDOW: return cell->context_window;
    case PROBE_POSITION: return cell->position;
    case PROBE_TRAINING_RATE: return cell->rate;
    case PROBE_ZERO_SHOT: /* one a task */
    case N_PROBE_KINDS: break;
    }
    return NULL;
}

/* NULL stage: not measured, or of no pre-training. */
static bool read_one(OutcomeProbe *probes, int *n, OutcomeProbe what, const Stage *stage,
                     Arena *arena, Error *err)
{
    ProbePoints read;
    if (!stage) return true;
    if (!probe_file_read(&read, stage->folder, arena, err)) return false;
    what.n_points = read.n_points;
    what.n_units = read.n_units;
    what.x = read.x;
    what.value = read.value;
    what.unit = read.unit;
    what.weight = read.weight;
    what.truth = read.truth;
    what.flops = read.flops;
    what.steps = read.steps;
    what.facets = read.facets;
    probes[(*n)++] = what;
    return true;
}

bool outcome_probes_read(OutcomeProbe **probes, int *n, const Plan *plan, Arena *arena, Error *err)
{
    size_t most = (size_t)plan->n_cells * (size_t)(plan->n_zero_shot_tasks + N_PROBE_KINDS);
    *probes = arena_alloc(arena, most, sizeof **probes, err);
    *n = 0;
    if (!*probes) return false;
    for (int c = 0; c < plan->n_cells; c++)
        for (int t = 0; t < plan->n_zero_shot_tasks; t++)
            if (!read_one(*probes, n, (OutcomeProbe){.kind = PROBE_ZERO_SHOT, .cell = c, .task = t},
                          plan->cells[c].zero_shot[t], arena, err))
                return false;
    for (int kind = PROBE_CONTEXT_WINDOW; kind < N_PROBE_KINDS; kind++)
        for (int c = 0; c < plan->n_cells; c++)
            if (!read_one(*probes, n,
                          (OutcomeProbe){.kind = (ProbeKind)kind, .cell = c, .task = -1},
                          stage_of(&plan->cells[c], (ProbeKind)kind), arena, err))
                return false;
    return true;
}
