#include "experiment/plan_worker.h"

#include <stdio.h>
#include <string.h>

#include "base/interrupt.h"
#include "base/parallel.h"
#include "base/progress.h"
#include "plan/stage_run.h"

typedef struct Line {
    int socket;
    const Stage *stage; /* that is run */
} Line;

/* Whoever listened is gone: nobody would know of what is done from here on. */
static void say(const Line *line, const PlanMessage *message)
{
    if (!process_send(line->socket, message, sizeof *message)) interrupt_request();
}

static void pass_log(LogLevel level, const char *line, void *context)
{
    PlanMessage message = {.type = PLAN_LOG, .level = level};
    snprintf(message.line, sizeof message.line, "%s", line);
    say(context, &message);
}

/* Stages tell of lesser work too: reading what they need, and held-out perplexity during pre-training. */
static bool is_main_work(const ProgressUpdate *update, const Stage *stage)
{
    const double main_share = 0.5;
    if (!strcmp(update->unit, "bytes") || !strcmp(update->unit, "documents")) return false;
    return strcmp(update->unit, "tokens") != 0 || update->total >= main_share * stage->cost.tokens;
}

static void pass_progress(const ProgressUpdate *update, void *context)
{
    Line *line = context;
    PlanMessage message = {.type = PLAN_PROGRESS};
    if (!is_main_work(update, line->stage)) return;
    message.fraction = update->total > 0 ? update->done / update->total : 0;
    snprintf(message.line, sizeof message.line, "%s%s%s", update->title,
             update->values[0] ? "  " : "", update->values);
    say(line, &message);
}

void plan_worker_run(int socket, void *context)
{
    const PlanWorker *worker = context;
    int number;
    size_t size;
    Line line = {.socket = socket};
    log_install(pass_log, &line);
    progress_install(pass_progress, &line);
    parallel_limit_threads(worker->threads);
    while (process_receive(socket, &number, sizeof number, &size) && size == sizeof number) {
        Stage *stage = worker->plan->graph.stages[number];
        PlanMessage message = {.type = PLAN_FAILED};
        line.stage = stage;
        if (stage_run(stage, &message.error)) message.type = PLAN_DONE;
        say(&line, &message);
    }
    log_install(NULL, NULL);
    progress_install(NULL, NULL);
}
