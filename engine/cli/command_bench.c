#include <stdio.h>

#include "base/host.h"
#include "cli/command.h"
#include "cli/planned.h"
#include "experiment/plan_cell.h"
#include "stages/estimate.h"
#include "train/trial.h"

enum { MOST_UPDATES = 20 };
static const double SECONDS = 10;

static void print_report(const PlanCell *cell, const TrialReport *report)
{
    double peak = (double)host_peak_memory_bytes(), estimated = (double)report->memory_bytes;
    printf("%s\n"
           "parameters        %zu\n"
           "tokens an update  %zu, in passes of %lld sequences\n"
           "seconds           %.4g (the fastest of %d updates)\n"
           "rate              %.4g tokens a second\n"
           "time in all       %.3g hours for %.3g tokens\n"
           "loss              %.4f after update %d, on random tokens\n"
           "memory            %.0f MB estimated, %.0f MB at the peak (%+.1f %%)\n",
           cell->settings->model.entry->name, report->n_parameters, report->tokens,
           (long long)cell->settings->pretrain.micro_batch, report->seconds, report->updates,
           (double)report->tokens / report->seconds,
           (double)cell->settings->pretrain.tokens / (double)report->tokens * report->seconds /
               3600,
           (double)cell->settings->pretrain.tokens, report->loss, report->updates, estimated / 1e6,
           peak / 1e6, 100 * (peak / estimated - 1));
}

/* reprise bench EXPERIMENT: what pre-training takes here, before there is any data. */
static bool run(const Options *options, Arena *arena, Error *err)
{
    Plan plan;
    if (!planned_build(&plan, options->words[0], options, arena, err)) return false;
    for (int c = 0; c < plan.n_cells; c++) {
        const Settings *settings = plan.cells[c].settings;
        if (!settings->pretrain.present) continue;
        TrialReport report;
        StageRequest request = plan_cell_request(&plan, &plan.cells[c]);
        if (!trial_run(&report, &settings->pretrain, &settings->model, options->kernels,
                       estimate_vocabulary(&request), MOST_UPDATES, SECONDS, err))
            return false;
        print_report(&plan.cells[c], &report);
        return true;
    }
    error_usage(err, "experiment '%s' pre-trains nothing", plan.experiment->name);
    return error_hint(err, "an experiment with a variant whose 'pretrain' is not null");
}

const Command command_bench = {
    .name = "bench",
    .arguments = "EXPERIMENT [--scale SCALE]",
    .help = "time real training updates of an experiment's first pre-training, on random tokens",
    .options = OPTION_SCALE | OPTION_PLACES | OPTION_THREADS | OPTION_KERNELS,
    .min_words = 1,
    .max_words = 1,
    .run = run,
};
