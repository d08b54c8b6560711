#include <stdio.h>

#include "base/log.h"
#include "cli/command.h"
#include "cli/planned.h"
#include "experiment/plan_run.h"
#include "report/figure/figure.h"
#include "report/version/version.h"

static bool print_moved(const VersionWritten *written, Arena *arena, Error *err)
{
    Buffer text = buffer_create(arena);
    if (!comparison_write(&text, &written->moved, true, err)) return false;
    printf("\nagainst %s:\n%s", written->previous, text.size ? text.data : "  scores as before\n");
    return true;
}

static bool print_result(const VersionWritten *written, Arena *arena, Error *err)
{
    printf("%s\n", written->table);
    if (written->reproduced) {
        printf("reproduces %s bit for bit (%s); %s%s\n", written->version, written->folder,
               written->added ? written->added : "nothing was written",
               written->added ? ", which it lacked, was added" : "");
        return true;
    }
    if (written->dirty)
        log_warning("the engine was edited since its last commit: %s cannot be traced to one",
                    written->version);
    printf("written: %s/README.md\n", written->folder);
    return !written->previous || print_moved(written, arena, err);
}

/* reprise run EXPERIMENT: every stage that is missing, then the result. */
static bool run(const Options *options, Arena *arena, Error *err)
{
    Plan plan;
    Outcome outcome;
    VersionWritten written;
    return planned_build(&plan, options->words[0], options, arena, err) && figure_check(err) &&
           plan_run(&plan, (int)options->jobs, err) && outcome_read(&outcome, &plan, arena, err) &&
           version_write(&written, &outcome, options->results, arena, err) &&
           print_result(&written, arena, err);
}

const Command command_run = {
    .name = "run",
    .arguments = "EXPERIMENT [--scale SCALE] [--jobs N]",
    .help = "run an experiment: fetch, tokenize, pre-train, fine-tune, evaluate, report",
    .options = OPTION_SCALE | OPTION_PLACES | OPTION_THREADS | OPTION_KERNELS | OPTION_JOBS,
    .min_words = 1,
    .max_words = 1,
    .run = run,
};
