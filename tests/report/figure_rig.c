#include "figure_rig.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../scratch_folder.h"
#include "base/file.h"
#include "../outcome_rig.h"

static Error err;

static void *take(size_t n, size_t size)
{
    void *memory = arena_alloc(outcome_rig_arena(), n, size, &err);
    cr_assert(memory, "%s", err.text);
    return memory;
}

static char *text(const char *format, const char *a, const char *b)
{
    char *result = arena_format(outcome_rig_arena(), &err, format, a, b);
    cr_assert(result);
    return result;
}

static Json *parse(const char *json)
{
    Json *value = json_parse_text(json, strlen(json), "rig", outcome_rig_arena(), &err);
    cr_assert(value, "%s", err.text);
    return value;
}

/* --- runs --------------------------------------------------------------------------------------- */

/* How many grid points the outcome being made has: cells are by variant, then by point. */
static int n_points;

/* Better along the grid, worse with later variants, other tasks differ; seeds by a little. */
static bool is_right(int cell, int task, int seed, int example)
{
    int variant = cell / n_points, point = cell % n_points;
    double share = 0.55 + 0.3 * (1 - exp(-0.7 * point)) - 0.04 * variant + 0.02 * (task % 3);
    unsigned mixed = (unsigned)(example * 7919 + task * 104729 + seed * 31) * 2654435761u;
    return (double)(mixed >> 8) / (1 << 24) < share;
}

static void write_curves(Outcome *outcome)
{
    for (int r = 0; r < outcome->n_runs; r++) {
        OutcomeRun *run = &outcome->runs[r];
        char name[64], csv[8192], epochs[1024];
        size_t n = 0, m = 0;
        n += (size_t)snprintf(csv, sizeof csv, "update,epoch,task_loss,lm_loss\n");
        m += (size_t)snprintf(epochs, sizeof epochs,
                              "update,epoch,train_loss,validation_loss,validation_score\n");
        double rate = 0.05 + 0.02 * run->cell;
        for (int u = 0; u < 120; u++)
            n += (size_t)snprintf(csv + n, sizeof csv - n, "%d,%d,%.4f,3\n", u, u / 20,
                                  0.2 + 0.5 * exp(-rate * u) + 0.02 * sin(u + (double)run->seed));
        for (int e = 0; e < 6; e++)
            m += (size_t)snprintf(
                epochs + m, sizeof epochs - m, "%d,%d,0.5,%.4f,%.4f\n", e * 20 + 19, e,
                0.35 + 0.3 * exp(-rate * 15 * e) + 0.03 * e + 0.01 * (double)run->seed,
                0.8 - 0.25 * exp(-rate * 15 * (e + 1)) + 0.01 * (double)run->seed);
        snprintf(name, sizeof name, "run-%d/curve.csv", r);
        scratch_folder_write(name, csv, n);
        snprintf(name, sizeof name, "run-%d/epochs.csv", r);
        scratch_folder_write(name, epochs, m);
        snprintf(name, sizeof name, "run-%d", r);
        run->finetune_folder = text("%s%s", scratch_folder_path(name), "");
    }
}

/* With probes, every cell has a language model. */
static void write_pretraining(Outcome *outcome, const FigureRigPlan *plan)
{
    for (int c = 0; c < outcome->n_cells; c++) {
        if (plan->n_probe_points > 0) outcome->pretrains[c] = outcome->pretrains[0];
        char name[64], curve[8192], held_out[1024];
        size_t n = 0, m = 0;
        n += (size_t)snprintf(curve, sizeof curve, "update,tokens,loss\n");
        m += (size_t)snprintf(held_out, sizeof held_out, "update,tokens,perplexity\n");
        for (int u = 1; u <= 200; u++) {
            double loss = 3 + 4 * exp(-0.02 * u) + 0.1 * c + 0.03 * sin(3.0 * u);
            n += (size_t)snprintf(curve + n, sizeof curve - n, "%d,%d,%.4f\n", u, u * 10240 + 3,
                                  loss);
            if (u % 25 == 0)
                m += (size_t)snprintf(held_out + m, sizeof held_out - m, "%d,%d,%.4f\n", u,
                                      u * 10240 + 3, exp(loss + 0.1));
        }
        snprintf(name, sizeof name, "pretrain-%d/curve.csv", c);
        scratch_folder_write(name, curve, n);
        snprintf(name, sizeof name, "pretrain-%d/held_out_curve.csv", c);
        scratch_folder_write(name, held_out, m);
        snprintf(name, sizeof name, "pretrain-%d", c);
        outcome->pretrains[c].folder = text("%s%s", scratch_folder_path(name), "");
        outcome->pretrains[c].key = text("%s%s", name, "");
    }
}

/* --- the experiment ----------------------------------------------------------------------------- */

static void name_cells(Experiment *experiment, const FigureRigPlan *plan)
{
    ExperimentCell *cells = (ExperimentCell *)experiment->cells;
    Json *values = plan->path ? parse(plan->values) : NULL;
    const char **variants = take((size_t)plan->n_variants, sizeof *variants);
    for (int v = 0; v < plan->n_variants; v++)
        variants[v] = plan->variants ? plan->variants[v] : cells[v].variant;
    experiment->variants = (TextList){(size_t)plan->n_variants, variants};
    for (size_t c = 0; c < experiment->n_cells; c++) {
        cells[c].variant = cells[c].name = variants[c / (size_t)n_points];
        cells[c].json = parse("{\"model\": {\"n_layer\": 12}}");
        cells[c].point = parse("{}");
        if (!values) continue;
        Json *value = json_at(values, c % (size_t)n_points);
        char *word = json_canonical(value, outcome_rig_arena(), &err);
        cr_assert(json_set((Json *)cells[c].point, plan->path, value, &err));
        cells[c].name = text("%s, value=%s", cells[c].variant, word);
    }
}

static void name_tasks(Plan *to, const FigureRigPlan *plan)
{
    for (int t = 0; t < to->n_tasks && plan->tasks; t++) to->tasks[t].name = plan->tasks[t];
}

/* --- probes ------------------------------------------------------------------------------------- */

static NumbersPoint probe_point(ProbeKind kind, int cell, int task, int i)
{
    switch (kind) {
    case PROBE_ZERO_SHOT: {
        double score =
            (0.7 - 0.1 * task) * (1 - exp(-0.3 * i)) * (cell ? 0.5 : 1) - 0.02 * (i == 1);
        return (NumbersPoint){1e5 * pow(1.7, i), 0.5 + score / 2, 0, 0, score};
    }
    case PROBE_CONTEXT_WINDOW: {
        double value = (cell ? 14 : 10) + 60 * exp(-(0.9 - 0.1 * cell) * i);
        return (NumbersPoint){pow(2, i), value, value * 0.95, value * 1.05, (double)NAN};
    }
    case PROBE_TRAINING_RATE: {
        double value = cell ? 9000 : 40000 / (1 + 0.05 * pow(2, i));
        return (NumbersPoint){16 * pow(2, i), value, value * 0.97, value * 1.02, (double)NAN};
    }
    default: {
        double value = 3 + 2 * exp(-0.2 * i) + 0.2 * cell + 0.03 * sin(2.0 * i);
        return (NumbersPoint){i + 1, value, value - 0.05, value + 0.05, (double)NAN};
    }
    }
}

static void add_probes(SpecList *probes, const FigureRigPlan *plan, const Result *result)
{
    bool by_task = plan->probe == PROBE_ZERO_SHOT;
    const NumbersTask *task = result->numbers->tasks.items;
    int n_tasks = by_task ? plan->n_tasks : 1;
    NumbersProbe *probe = take((size_t)(plan->n_variants * n_tasks), sizeof *probe);
    *probes = (SpecList){0, probe};
    for (int c = 0; c < plan->n_variants && plan->n_probe_points; c++)
        for (int t = 0; t < n_tasks; t++, probes->n++, probe++) {
            NumbersPoint *points = take((size_t)plan->n_probe_points, sizeof *points);
            for (int i = 0; i < plan->n_probe_points; i++)
                points[i] = probe_point(plan->probe, c, t, i);
            *probe = (NumbersProbe){.kind = (int)plan->probe,
                                    .cell = result->numbers->cells.text[c],
                                    .task = by_task ? task[t].name : NULL,
                                    .chance = 0.5,
                                    .best = 1,
                                    .units = 100,
                                    .points = {(size_t)plan->n_probe_points, points}};
        }
}

/* --- the whole ---------------------------------------------------------------------------------- */

static const char *folder_of(const FigureRigPlan *plan)
{
    const char *kept = getenv("REPRISE_FIGURES");
    return kept ? text("%s/%s", kept, plan->name) : text("%s%s", scratch_folder_path("drawn"), "");
}

Result *figure_rig_result(const FigureRigPlan *plan)
{
    err = (Error){0};
    n_points = plan->path ? (int)json_size(parse(plan->values)) : 1;
    Outcome *outcome = outcome_rig_make(&(OutcomeRigPlan){
        plan->n_variants * n_points, plan->n_tasks, plan->n_seeds, 200, is_right});
    Experiment *experiment = (Experiment *)outcome->plan->experiment;
    name_cells(experiment, plan);
    name_tasks((Plan *)outcome->plan, plan);
    write_curves(outcome);
    write_pretraining(outcome, plan);
    const SpecReader reader = {"rig", outcome_rig_arena(), &err};
    cr_assert(experiment_report_read(&experiment->report, plan->report ? parse(plan->report) : NULL,
                                     &reader),
              "%s", err.text);
    experiment->n_claims = 0;
    Result *result = outcome_rig_result(outcome);
    Findings *findings = &result->findings;
    result->folder = folder_of(plan);
    add_probes(plan->probe == PROBE_TRAINING_RATE ? &findings->timings.probes
                                                  : &findings->numbers.probes,
               plan, result);
    cr_assert(file_make_folder(result->folder, &err), "%s", err.text);
    return result;
}

void figure_rig_keep(const Result *result, const char *name, const Buffer *content)
{
    char *path = text("%s/%s", result->folder, name);
    cr_assert(file_write(path, content->data, content->size, &err), "%s", err.text);
}

const char *figure_rig_read(const Result *result, const char *name)
{
    char *bytes, *path = text("%s/figures/%s", result->folder, name);
    size_t size;
    cr_assert(file_read(&bytes, &size, path, outcome_rig_arena(), &err), "%s", err.text);
    return bytes;
}
