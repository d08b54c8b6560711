#include "stages/stage_position.h"

#include "stages/estimate_probe.h"
#include "stages/held_out.h"
#include "stages/probe_file.h"
#include "train/position.h"

enum { POSITION_NUMERICS_VERSION = 1 };

typedef struct PositionJob {
    const Settings *settings;
    const Kernels *kernels;
} PositionJob;

static bool fill_curve(OutcomeProbe *probe, const PositionReport *report, Arena *arena, Error *err)
{
    size_t n = report->n_documents, points = (size_t)report->n_positions;
    *probe = (OutcomeProbe){.n_points = report->n_positions,
                            .n_units = (int)n,
                            .x = arena_alloc(arena, points, sizeof(double), err),
                            .value = arena_alloc(arena, points, sizeof(double), err),
                            .unit = report->loss,
                            .weight = arena_alloc(arena, points * n, sizeof(double), err)};
    if (!probe->x || !probe->value || !probe->weight) return false;
    for (size_t p = 0; p < points; p++) {
        double loss = 0, windows = 0;
        for (size_t d = 0; d < n; d++) {
            probe->weight[p * n + d] = report->windows[d];
            loss += report->loss[p * n + d];
            windows += report->windows[d];
        }
        probe->x[p] = (double)p + 1;
        probe->value[p] = loss / windows;
    }
    return true;
}

static bool measure(const Stage *stage, const char *folder, Arena *arena, Error *err)
{
    const PositionJob *job = stage->job;
    HeldOut held_out;
    PositionReport report;
    OutcomeProbe probe;
    if (!held_out_open(&held_out, stage, job->settings, job->kernels, arena, err) ||
        !position_measure(&report, &held_out.learner, &held_out.tokens, held_out.wanted, arena,
                          err))
        return false;
    if (report.n_documents == 0) {
        error_usage(err, "no held-out document fills a context of %d tokens", report.n_positions);
        return error_hint(err, "a larger corpus.held_out, or a smaller model.n_context");
    }
    Json *more = json_new_object(arena, err);
    return more && fill_curve(&probe, &report, arena, err) &&
           probe_file_write(folder, &probe, more, arena, err);
}

static bool run(const Stage *stage, const char *folder, Error *err)
{
    Arena *arena = arena_create("loss by position", err);
    bool ok = arena && measure(stage, folder, arena, err);
    arena_destroy(arena);
    return ok;
}

static const StageKind kind = {.name = "position", .run = run};

Stage *stage_position_add(Plan *plan, const PlanCell *cell, Error *err)
{
    Json *document = stage_document(&kind, POSITION_NUMERICS_VERSION, plan->arena, err);
    if (!document || !plan_set_kernels(document, plan, err)) return NULL;
    bool is_new;
    Stage *inputs[HELD_OUT_INPUTS];
    held_out_inputs(inputs, cell);
    Stage *stage = plan_stage(plan, &kind, document, inputs, HELD_OUT_INPUTS, &is_new, err);
    if (!stage || !is_new) return stage;
    PositionJob *job = arena_alloc(plan->arena, 1, sizeof *job, err);
    if (!job || !estimate_probe_position(&stage->cost, plan, cell, err)) return NULL;
    *job = (PositionJob){cell->settings, plan->kernels};
    stage->job = job;
    stage->title = cell->name;
    return stage;
}
