#include <errno.h>
#include <stdio.h>

#include "base/escape.h"
#include "base/log.h"
#include "cli/answered.h"
#include "cli/command.h"
#include "cli/planned.h"
#include "cli/run_notice.h"
#include "cli/terminal.h"
#include "experiment/plan_run.h"
#include "question/experiment_asked.h"
#include "report/figure/figure.h"
#include "report/page/answer_comparison.h"
#include "report/version/version.h"

/* One plan of a run, and what became of its result. */
typedef struct Written {
    const Plan *plan;
    char version[32]; /* empty: there is none */
    bool reproduced;
} Written;

typedef struct Run {
    const Options *options;
    int n;
    Written *written; /* [n] */
    RunNotice notice;
} Run;

static bool print_moved(const VersionWritten *written, const Options *options, Arena *arena,
                        Error *err)
{
    Buffer text = buffer_create(arena);
    if (!answer_comparison_moved(&text, &written->moved, written->previous, written->version,
                                 options->markdown ? 0 : terminal_width(), err))
        return false;
    printf("\nagainst %s:\n%s", written->previous, text.size ? text.data : "  scores as before\n");
    return true;
}

/* Arguments of predict. */
static const char *text_words(DatasetForm form)
{
    if (form == DATASET_CLASSIFICATION) return " \"TEXT\"";
    return form == DATASET_MULTIPLE_CHOICE ? " \"CONTEXT\" \"ANSWER\" \"ANSWER\""
                                           : " \"TEXT\" \"TEXT\"";
}

/* What may come next: a command, and its end, which may stand on another line. */
typedef struct Step {
    const char *what, *command, *end; /* command NULL: none */
} Step;

enum { STEP_COLUMN = 24, STEP_BELOW = 6 };

/* Commands stand beside what they are for, or all below where one of them has no room there. */
static void print_steps(const Step *steps, size_t n)
{
    const size_t room = terminal_room();
    size_t longest = 0;
    for (size_t i = 0; i < n; i++)
        if (steps[i].command && strlen(steps[i].command) > longest)
            longest = strlen(steps[i].command);
    const bool beside = STEP_COLUMN + longest + strlen(" \\") <= room;
    const size_t column = beside ? STEP_COLUMN : STEP_BELOW;
    puts("\nnext:");
    for (size_t i = 0; i < n; i++) {
        const Step *step = &steps[i];
        if (!step->command) continue;
        if (beside) printf("  %-*s%s", STEP_COLUMN - 2, step->what, step->command);
        else printf("  %s\n%*s%s", step->what, STEP_BELOW, "", step->command);
        if (!*step->end) putchar('\n');
        else if (column + strlen(step->command) + 1 + strlen(step->end) <= room)
            printf(" %s\n", step->end);
        else printf(" \\\n%*s%s\n", (int)column + 2, "", step->end);
    }
}

/* What to type to go on, as this program was called. */
static bool print_next(const VersionWritten *written, const Outcome *outcome, Arena *arena,
                       Error *err)
{
    const Plan *plan = outcome->plan;
    const StageTask *first = plan->n_tasks > 0 ? &plan->tasks[0] : NULL;
    const bool has_epochs = strstr(plan->experiment->scale, "+finetune.epochs=") != NULL;
    Buffer program = buffer_create(arena), asked = buffer_create(arena),
           task = buffer_create(arena);
    if (!escape_shell(&task, first ? first->name : "", err) ||
        !escape_shell(&program, program_invocation_name, err) ||
        !experiment_asked_words(&asked, plan->experiment->name, plan->experiment->scale, err))
        return false;
    const Step steps[] = {
        {"the page, figures", arena_format(arena, err, "%s/README.md", written->folder), ""},
        {"what a model answers",
         first ? arena_format(arena, err, "%s predict %s", program.data, asked.data) : NULL,
         first ? arena_format(arena, err, "--task %s%s", task.data, text_words(first->info->form))
               : ""},
        {"what a change costs",
         first && !has_epochs ? arena_format(arena, err, "%s explain %s", program.data, asked.data)
                              : NULL,
         "--set finetune.epochs=5"},
        {"text that it writes",
         outcome->pretrains[0].sample.left_to_right
             ? arena_format(arena, err, "%s generate %s", program.data, asked.data)
             : NULL,
         ""},
    };
    if (err->kind != ERROR_NONE) return false;
    print_steps(steps, sizeof steps / sizeof *steps);
    return true;
}

/* What became of the version that has these numbers already. */
static bool print_reproduced(const VersionWritten *written, Arena *arena, Error *err)
{
    Buffer text = buffer_create(arena);
    if ((written->added &&
         !buffer_format(&text, err, "; %s, which it lacked, was added", written->added)) ||
        (written->reworded &&
         !buffer_format(&text, err, "; no number changed, but words did (%s): it was rewritten",
                        written->reworded)))
        return false;
    printf("reproduces %s bit for bit (%s)%s\n", written->version, written->folder,
           text.size ? text.data : "; nothing was written");
    return true;
}

static bool print_result(const VersionWritten *written, const Options *options, Arena *arena,
                         Error *err)
{
    Buffer text = buffer_create(arena);
    if (!answered_write(&text, written->folder, options->markdown, options, err)) return false;
    printf("%s\n", text.data);
    if (written->reproduced) return print_reproduced(written, arena, err);
    if (written->dirty)
        log_warning("the engine was edited since its last commit: %s cannot be traced to one",
                    written->version);
    printf("written: %s/README.md\n", written->folder);
    return !written->previous || print_moved(written, options, arena, err);
}

/* A line for programs. */
static bool print_result_json(const VersionWritten *written, const Plan *plan, Arena *arena,
                              Error *err)
{
    Json *json = json_new_object(arena, err);
    const char *line = NULL;
    if (json && json_set_text(json, "event", "result", arena, err) &&
        json_set_text(json, "experiment", plan->experiment->name, arena, err) &&
        json_set_text(json, "scale", plan->experiment->scale, arena, err) &&
        json_set_text(json, "folder", written->folder, arena, err) &&
        json_set(json, "reproduced", json_new_bool(written->reproduced, arena, err), err))
        line = json_canonical(json, arena, err);
    return line && puts(line) >= 0;
}

/* What was found, in the manner that was asked for. */
static bool print_found(const VersionWritten *written, const Outcome *outcome, const Run *run,
                        Arena *arena, Error *err)
{
    const Plan *plan = outcome->plan;
    if (run->options->json) return print_result_json(written, plan, arena, err);
    if (run->n > 1) printf("\n%s at scale %s\n\n", plan->experiment->name, plan->experiment->scale);
    return print_result(written, run->options, arena, err) &&
           (run->n > 1 || run->options->quiet || print_next(written, outcome, arena, err));
}

static void note(Run *run, const Plan *plan, const VersionWritten *written)
{
    for (int p = 0; p < run->n; p++) {
        if (run->written[p].plan != plan) continue;
        snprintf(run->written[p].version, sizeof run->written[p].version, "%s", written->version);
        run->written[p].reproduced = written->reproduced;
    }
}

/* Written while the stages of others may be running, and printed at once: a run that is cut off leaves what it has. */
static bool write_result(const Plan *plan, void *context, Error *err)
{
    Run *run = context;
    const Experiment *experiment = plan->experiment;
    Outcome outcome;
    VersionWritten written;
    Arena *arena = arena_create("result", err);
    bool ok = arena && outcome_read(&outcome, plan, arena, err) &&
              version_write(&written, &outcome, run->options->results, arena, err) &&
              print_found(&written, &outcome, run, arena, err);
    if (ok) note(run, plan, &written);
    else error_wrap(err, "making the result of '%s'", experiment->name);
    arena_destroy(arena);
    (void)fflush(stdout); /* what cannot be written is told at the end (terminal_flush) */
    return ok;
}

/* Which results there are of several experiments, and which are missing. */
static void print_summary(const Run *run)
{
    putchar('\n');
    for (int p = 0; p < run->n; p++) {
        const Written *written = &run->written[p];
        const PlanCounts counts = plan_count(written->plan);
        printf("  %-24s ", written->plan->experiment->name);
        if (written->version[0])
            printf("%s %s\n", written->reproduced ? "reproduces" : "written:", written->version);
        else if (counts.to_do + counts.if_chosen > 0)
            printf("missing: %d of %d stages are to do\n", counts.to_do, written->plan->graph.n);
        else puts("missing: all stages are done, but no result was written");
    }
}

/* To this terminal and to others. */
static void show_progress(const ProgressUpdate *update, void *context)
{
    Run *run = context;
    run_notice_write(&run->notice, update);
    terminal_show_progress(update, NULL);
}

static bool run_plans(Run *run, PlanUnion *all, Error *err)
{
    const ProgressPlan begins = {
        .name = all->name, .scale = all->items[0].plan->experiment->scale, .left_seconds = -1};
    if (!run_notice_open(&run->notice, run->options->store, &begins, all->graph.arena, err))
        return false;
    progress_install(show_progress, run);
    bool ok = plan_run(all, (int)run->options->jobs, &(PlanListener){write_result, run}, err);
    progress_install(terminal_show_progress, NULL);
    run_notice_close(&run->notice);
    return ok;
}

/* reprise run EXPERIMENT: every stage that is missing, then the result. */
static bool run(const Options *options, Arena *arena, Error *err)
{
    PlanUnion all;
    if (options->json) terminal_choose(TERMINAL_JSON);
    else if (options->quiet) terminal_choose(TERMINAL_QUIET);
    if (!planned_open(&all, options, arena, err) || !figure_check(err)) return false;
    Run run = {options, all.n, arena_alloc(arena, (size_t)all.n, sizeof(Written), err), {{0}, 0}};
    if (!run.written) return false;
    for (int p = 0; p < all.n; p++) run.written[p].plan = all.items[p].plan;
    bool ok = run_plans(&run, &all, err);
    if (run.n > 1 && !options->json) print_summary(&run);
    return ok;
}

const Command command_run = {
    .name = "run",
    .arguments = "EXPERIMENT|all [--scale SCALE] [--jobs N] [--quiet|--json]",
    .help = "run an experiment, or all: fetch, tokenize, pre-train, fine-tune, evaluate, report",
    .options = OPTION_SCALE | OPTION_PLACES | OPTION_THREADS | OPTION_KERNELS | OPTION_JOBS |
               OPTION_ANSWER | OPTION_QUIET | OPTION_LINES_JSON,
    .min_words = 1,
    .max_words = 1,
    .run = run,
};
