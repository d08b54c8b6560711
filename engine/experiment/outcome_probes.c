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
static bool read_one(Outcome *outcome, ProbeKind kind, int cell, int task, const Stage *stage,
                     Arena *arena, Error *err)
{
    if (!stage) return true;
    OutcomeProbe *probe = &outcome->probes[outcome->n_probes++];
    *probe = (OutcomeProbe){.kind = kind, .cell = cell, .task = task};
    return probe_file_read(probe, stage->folder, arena, err);
}

bool outcome_probes_read(Outcome *outcome, Arena *arena, Error *err)
{
    const Plan *plan = outcome->plan;
    size_t most = (size_t)plan->n_cells * (size_t)(plan->n_zero_shot_tasks + N_PROBE_KINDS);
    outcome->probes = arena_alloc(arena, most, sizeof(OutcomeProbe), err);
    if (!outcome->probes) return false;
    for (int c = 0; c < plan->n_cells; c++)
        for (int t = 0; t < plan->n_zero_shot_tasks; t++)
            if (!read_one(outcome, PROBE_ZERO_SHOT, c, t, plan->cells[c].zero_shot[t], arena, err))
                return false;
    for (int kind = PROBE_CONTEXT_WINDOW; kind < N_PROBE_KINDS; kind++)
        for (int c = 0; c < plan->n_cells; c++)
            if (!read_one(outcome, kind, c, -1, stage_of(&plan->cells[c], kind), arena, err))
                return false;
    return true;
}
