#include "outcome_rig.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "question/experiment_document.h"
#include "report/version/version.h"
#include "report/version/version_evidence.h"
#include "report/version/version_find.h"
#include "scratch_folder.h"

static Arena *arena;

void outcome_rig_begin(void)
{
    Error err = {0};
    arena = arena_create("outcome rig", &err);
    cr_assert(arena);
    scratch_folder_make();
}

void outcome_rig_end(void)
{
    scratch_folder_remove();
    arena_destroy(arena);
}

Arena *outcome_rig_arena(void)
{
    return arena;
}

static void *take(size_t n, size_t size)
{
    Error err = {0};
    void *memory = arena_alloc(arena, n, size, &err);
    cr_assert(memory, "%s", err.text);
    return memory;
}

static void write_curves(void)
{
    static const char loss[] =
        "update,epoch,task_loss,lm_loss,learning_rate,gradient_norm\n"
        "0,0,0.7,3,0.1,1\n1,0,0.6,2.9,0.1,1\n2,1,0.5,2.8,0.1,1\n3,1,0.4,2.7,0.1,1\n";
    static const char epochs[] = "update,epoch,train_loss,validation_loss,validation_score\n"
                                 "1,0,0.65,0.6,0.55\n3,1,0.45,0.5,0.625\n";
    static const char pretraining[] = "update,tokens,loss,learning_rate,gradient_norm\n"
                                      "0,100,5,0.1,1\n1,200,4.5,0.1,1\n2,300,4,0.1,1\n";
    static const char held_out[] = "update,tokens,perplexity\n1,200,80\n2,300,60\n";
    scratch_folder_write("finetune/curve.csv", loss, sizeof loss - 1);
    scratch_folder_write("finetune/epochs.csv", epochs, sizeof epochs - 1);
    scratch_folder_write("pretrain/curve.csv", pretraining, sizeof pretraining - 1);
    scratch_folder_write("pretrain/held_out_curve.csv", held_out, sizeof held_out - 1);
}

static const char *const cell_names[] = {"full",  "scratch", "third",   "fourth",
                                         "fifth", "sixth",   "seventh", "eighth"};
static const char *const task_names[] = {"alpha",   "beta", "gamma", "delta",
                                         "epsilon", "zeta", "eta",   "theta"};

static Json *empty_object(void)
{
    Error err = {0};
    Json *object = json_new_object(arena, &err);
    cr_assert(object);
    return object;
}

static Experiment *make_experiment(const OutcomeRigPlan *plan)
{
    Experiment *experiment = take(1, sizeof *experiment);
    ExperimentCell *cells = take((size_t)plan->n_cells, sizeof *cells);
    ExperimentClaim *claim = take(1, sizeof *claim);
    *claim = (ExperimentClaim){.id = "transfer",
                               .statement = "reading first helps",
                               .better = "full",
                               .worse = "scratch",
                               .smallest_effect = 0.01};
    *experiment = (Experiment){
        .name = "rig",
        .scale = "tiny",
        .title = "A rig",
        .question = "Does it work?",
        .n_claims = 1,
        .claims = claim,
        .n_cells = (size_t)plan->n_cells,
        .cells = cells,
        .seeds = {.n = (size_t)plan->n_seeds,
                  .items = take((size_t)plan->n_seeds, sizeof(int64_t))},
    };
    for (int c = 0; c < plan->n_cells; c++)
        cells[c] = (ExperimentCell){.name = cell_names[c % OUTCOME_RIG_MAX],
                                    .variant = cell_names[c % OUTCOME_RIG_MAX],
                                    .point = empty_object(),
                                    .json = empty_object()};
    for (int s = 0; s < plan->n_seeds; s++) experiment->seeds.items[s] = s + 1;
    experiment->tasks = (TextList){(size_t)plan->n_tasks, (const char **)task_names};
    Error err = {0};
    experiment->document = experiment_document_write(experiment, NULL, arena, &err);
    cr_assert(experiment->document, "%s", err.text);
    return experiment;
}

static StageTask *make_tasks(const OutcomeRigPlan *plan)
{
    StageTask *tasks = take((size_t)plan->n_tasks, sizeof *tasks);
    DatasetInfo *infos = take((size_t)plan->n_tasks, sizeof *infos);
    for (int t = 0; t < plan->n_tasks; t++) {
        infos[t] = (DatasetInfo){.name = task_names[t],
                                 .title = "A task",
                                 .n_labels = 2,
                                 .metric = "accuracy",
                                 .test_note = "made by hand",
                                 .paper_score = t == 0 ? 91.3 : (double)NAN};
        tasks[t] = (StageTask){
            .name = task_names[t], .info = &infos[t], .metric = metric_find("accuracy")};
        tasks[t].hash = hash_bytes(task_names[t], strlen(task_names[t]));
    }
    return tasks;
}

static void score(OutcomeSplit *split, const Metric *metric)
{
    bool degenerate;
    split->score = split->accuracy =
        metric->compute(split->truth, split->predicted, split->n, &degenerate);
}

void outcome_rig_predict(Outcome *outcome, int cell, int task, int seed, const double *predicted)
{
    int n_seeds = (int)outcome->plan->experiment->seeds.n;
    OutcomeSplit *test =
        &outcome->runs[(cell * outcome->plan->n_tasks + task) * n_seeds + seed].test;
    memcpy(test->predicted, predicted, (size_t)test->n * sizeof *predicted);
    score(test, outcome->plan->tasks[task].metric);
}

static OutcomeRun make_run(const OutcomeRigPlan *plan, const StageTask *tasks, int cell, int task,
                           int seed)
{
    OutcomeSplit test = {
        .n = plan->n_examples,
        .loss = 0.5,
        .truth = take((size_t)plan->n_examples, sizeof(double)),
        .predicted = take((size_t)plan->n_examples, sizeof(double)),
    };
    for (int i = 0; i < plan->n_examples; i++) {
        test.truth[i] = i % 2;
        test.predicted[i] = plan->is_right(cell, task, seed, i) ? i % 2 : 1 - i % 2;
    }
    score(&test, tasks[task].metric);
    return (OutcomeRun){.cell = cell,
                        .task = task,
                        .seed = seed + 1,
                        .validation = test,
                        .test = test,
                        .best_epoch = 1,
                        .parameters = 1000,
                        .train_examples = 64};
}

Outcome *outcome_rig_make(const OutcomeRigPlan *rig)
{
    Plan *plan = take(1, sizeof *plan);
    StageTask *tasks = make_tasks(rig);
    Outcome *outcome = take(1, sizeof *outcome);
    write_curves();
    *plan = (Plan){.experiment = make_experiment(rig),
                   .places = {.data = {.manifests = "datasets", .downloads = "build/data"}},
                   .n_tasks = rig->n_tasks,
                   .tasks = tasks,
                   .n_cells = rig->n_cells,
                   .cells = take((size_t)rig->n_cells, sizeof(PlanCell)),
                   .arena = arena};
    *outcome = (Outcome){.plan = plan, .n_cells = rig->n_cells, .flops = 1e12, .seconds = 60};
    outcome->runs = take((size_t)(rig->n_cells * rig->n_tasks * rig->n_seeds), sizeof(OutcomeRun));
    outcome->pretrains = take((size_t)rig->n_cells, sizeof(OutcomePretrain));
    Error err = {0};
    char *finetune = arena_text(arena, scratch_folder_path("finetune"), &err);
    char *pretrain = arena_text(arena, scratch_folder_path("pretrain"), &err);
    for (int c = 0; c < rig->n_cells; c++) {
        if (c != 1)
            outcome->pretrains[c] =
                (OutcomePretrain){.present = true,
                                  .key = "abc",
                                  .folder = pretrain,
                                  .parameters = 900,
                                  .tokens = 300,
                                  .updates = 3,
                                  .held_out_perplexity = 60,
                                  .sample = {.left_to_right = "[the] end of it .\n\n"}};
        for (int t = 0; t < rig->n_tasks; t++)
            for (int s = 0; s < rig->n_seeds; s++) {
                OutcomeRun run = make_run(rig, tasks, c, t, s);
                run.finetune_folder = finetune;
                outcome->runs[outcome->n_runs++] = run;
            }
    }
    return outcome;
}

Findings outcome_rig_findings(const Outcome *outcome)
{
    Error err = {0};
    Findings findings;
    Evidence evidence;
    HashText hash;
    cr_assert(version_find(&findings, &hash, &evidence, outcome, arena, &err), "%s", err.text);
    return findings;
}

bool outcome_rig_evidence(Evidence *evidence, const Outcome *outcome)
{
    Error err = {0};
    return version_evidence(evidence, outcome, arena, &err);
}

Result *outcome_rig_result(const Outcome *outcome)
{
    Error err = {0};
    Result *result = take(1, sizeof *result);
    const Findings findings = outcome_rig_findings(outcome);
    cr_assert(version_gather(result, outcome, &findings, arena, &err), "%s", err.text);
    result->version = "v001";
    result->folder = "";
    return result;
}

void outcome_rig_objective(const Experiment *experiment, size_t cell, const char *word)
{
    Error err = {0};
    Json *pretrain = json_new_object(arena, &err), *text = json_new_text(word, arena, &err);
    Json *settings = (Json *)experiment->cells[cell].json;
    cr_assert(pretrain && text && json_set(pretrain, "objective", text, &err) &&
              json_set(settings, "pretrain", pretrain, &err));
}

void outcome_rig_claim(Outcome *outcome, ExperimentClaim claim)
{
    ((ExperimentClaim *)outcome->plan->experiment->claims)[0] = claim;
}

void outcome_rig_grid(Outcome *outcome, bool two)
{
    Experiment *experiment = (Experiment *)outcome->plan->experiment;
    Error err = {0};
    size_t n_points = two ? experiment->n_cells / 2 : experiment->n_cells;
    for (size_t c = 0; c < experiment->n_cells; c++) {
        ExperimentCell *cell = (ExperimentCell *)&experiment->cells[c];
        Json *point = empty_object();
        int64_t value = (int64_t)(c % n_points) + 1;
        cr_assert(json_set(point, "finetune.epochs", json_new_integer(value, arena, &err), &err));
        cell->variant = cell_names[c / n_points];
        cell->name = arena_format(arena, &err, "%s, epochs=%d", cell->variant, (int)value);
        cell->point = point;
    }
}

void outcome_rig_probe(Outcome *outcome, ProbeKind kind, int cell, int task, int n_points,
                       int n_units, double (*value)(int cell, int point, int unit))
{
    enum { MOST_PROBES = 32 };
    Plan *plan = (Plan *)outcome->plan;
    size_t n = (size_t)n_points * (size_t)n_units;
    if (!outcome->probes) outcome->probes = take(MOST_PROBES, sizeof(OutcomeProbe));
    plan->n_zero_shot_tasks = plan->n_tasks;
    plan->zero_shot_tasks = plan->tasks;
    Experiment *experiment = (Experiment *)plan->experiment;
    experiment->zero_shot_tasks = (TextList){(size_t)plan->n_tasks, (const char **)task_names};
    OutcomeProbe *probe = &outcome->probes[outcome->n_probes++];
    *probe = (OutcomeProbe){.kind = kind,
                            .cell = cell,
                            .task = kind == PROBE_ZERO_SHOT ? task : -1,
                            .n_points = n_points,
                            .n_units = n_units,
                            .x = take((size_t)n_points, sizeof(double)),
                            .value = take((size_t)n_points, sizeof(double)),
                            .unit = take(n, sizeof(double)),
                            .weight = take(n, sizeof(double)),
                            .truth = take((size_t)n_units, sizeof(double))};
    for (int u = 0; u < n_units; u++) probe->truth[u] = u % 2;
    for (int k = 0; k < n_points; k++) {
        probe->x[k] = k + 1;
        for (int u = 0; u < n_units; u++) {
            size_t at = (size_t)(k * n_units + u);
            probe->unit[at] = value(cell, k, u);
            probe->weight[at] = 1;
            bool right = probe->unit[at] == probe->truth[u];
            probe->value[k] += (kind == PROBE_ZERO_SHOT ? right : probe->unit[at]) / n_units;
        }
    }
}
