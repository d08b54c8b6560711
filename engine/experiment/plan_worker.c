#include <stdio.h>

#include "base/interrupt.h"
#include "base/parallel.h"
#include "base/progress.h"
#include "experiment/plan_run.h"

/* Whoever listened is gone: nobody would know of what is done from here on. */
static void say(const int *socket, const PlanMessage *message)
{
    if (!process_send(*socket, message, sizeof *message)) interrupt_request();
}

static void pass_log(LogLevel level, const char *line, void *context)
{
    PlanMessage message = {.type = PLAN_LOG, .level = level};
    snprintf(message.line, sizeof message.line, "%s", line);
    say(context, &message);
}

static void pass_progress(const ProgressUpdate *update, void *context)
{
    PlanMessage message = {.type = PLAN_PROGRESS};
    message.fraction = update->total > 0 ? update->done / update->total : 0;
    say(context, &message);
}

void plan_worker_run(int socket, void *context)
{
    Plan *plan = context;
    PlanOrder order;
    size_t size;
    log_install(pass_log, &socket);
    progress_install(pass_progress, &socket);
    while (process_receive(socket, &order, sizeof order, &size) && size == sizeof order) {
        PlanMessage message = {.type = PLAN_FAILED};
        parallel_set_threads(order.threads);
        if (stage_run(plan->stages[order.stage], &message.error)) message.type = PLAN_DONE;
        say(&socket, &message);
    }
    log_install(NULL, NULL);
    progress_install(NULL, NULL);
}
