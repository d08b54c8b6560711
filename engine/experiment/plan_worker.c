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
    PlanProgressState state;
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

static void pass_progress(const ProgressUpdate *update, void *context)
{
    Line *line = context;
    PlanMessage message = {.type = PLAN_PROGRESS};
    if (!plan_progress_read(&line->state, update, line->stage)) return;
    message.state = line->state;
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
        Stage *stage = worker->graph->stages[number];
        PlanMessage message = {.type = PLAN_FAILED};
        line.stage = stage;
        line.state = (PlanProgressState){0};
        if (stage_run(stage, &message.error)) message.type = PLAN_DONE;
        say(&line, &message);
    }
    log_install(NULL, NULL);
    progress_install(NULL, NULL);
}
