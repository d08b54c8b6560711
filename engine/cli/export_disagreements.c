#include <stdio.h>

#include "base/file.h"
#include "cli/export_form.h"
#include "cli/planned.h"
#include "cli/terminal.h"
#include "experiment/disagreements.h"
#include "experiment/plan_find.h"

enum { SHOWN = 3, USUAL_COLUMNS = 100, MOST_COLUMNS = 120 };

static size_t columns(void)
{
    const size_t n = terminal_columns();
    return n == 0 ? USUAL_COLUMNS : n < MOST_COLUMNS ? n : MOST_COLUMNS;
}

/* The file of one task; printed is where they disagree most. */
static bool write_task(const Plan *plan, int task, const PlanCell *const cells[2],
                       const char *folder, Arena *arena, Error *err)
{
    Disagreements found = {0};
    Buffer csv = buffer_create(arena), text = buffer_create(arena);
    const char *name = plan->tasks[task].name;
    const char *path = arena_format(arena, err, "%s/%s-disagreements.csv", folder, name);
    if (!path || !disagreements_read(&found, plan, task, cells, arena, err) ||
        !disagreements_csv(&csv, &found, err) || !file_write(path, csv.data, csv.size, err) ||
        !disagreements_show(&text, &found, SHOWN, columns(), err))
        return error_wrap(err, "comparing predictions of task '%s'", name);
    fputs(text.data, stdout);
    printf("  all %d test examples: %s\n", found.of[0].n, path);
    if (!found.texts.of) export_form_print_no_texts(name);
    putchar('\n');
    return true;
}

static bool check_all(const Plan *plan, int only, const PlanCell *const cells[2], Error *err)
{
    for (int t = 0; t < plan->n_tasks; t++)
        for (int c = 0; (only < 0 || t == only) && c < 2; c++)
            if (!answers_check(plan, t, (AnswersChoice){cells[c], -1}, err)) return false;
    return true;
}

/* reprise export disagreements EXPERIMENT: the test examples on which two cells differ most. */
static bool run(const Options *options, Arena *arena, Error *err)
{
    Plan plan;
    const PlanCell *cells[2];
    const char *folder = export_form_folder(options, arena, err);
    int only = -1;
    if (!folder || !planned_build(&plan, options->words[0], options, arena, err) ||
        !disagreements_cells(cells, &plan, options->cell, options->against, err) ||
        (options->task && !plan_find_task(&only, &plan, options->task, err)) ||
        !check_all(&plan, only, cells, err))
        return false;
    for (int t = 0; t < plan.n_tasks; t++) {
        if (only >= 0 && t != only) continue;
        Arena *scratch = arena_create("disagreements", err);
        bool ok = scratch && write_task(&plan, t, cells, folder, scratch, err);
        arena_destroy(scratch);
        if (!ok) return false;
    }
    return true;
}

const Command export_disagreements = {
    .name = "export disagreements",
    .arguments = "EXPERIMENT [--scale SCALE] [--cell CELL] [--against CELL] [--task TASK] [--out "
                 "FOLDER]",
    .help = "write on which test examples two cells disagree most, by the probability of the truth",
    .options = OPTION_SCALE | OPTION_PLACES | OPTION_KERNELS | OPTION_DISAGREE,
    .min_words = 1,
    .max_words = 1,
    .run = run,
};
