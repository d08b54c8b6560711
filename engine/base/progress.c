#include "base/progress.h"

#include "base/clock.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

static const double SECONDS_BETWEEN_UPDATES = 0.25;

static ProgressSink *progress_sink;
static void *progress_context;

void progress_install(ProgressSink *sink, void *context)
{
    progress_sink = sink;
    progress_context = context;
}

/* --- who is told ------------------------------------------------------------------------------------ */

ProgressTeller progress_teller(void)
{
    return (ProgressTeller){progress_sink, progress_context, clock_seconds()};
}

bool progress_is_due(const ProgressTeller *teller)
{
    return teller->sink && clock_seconds() - teller->told_seconds >= SECONDS_BETWEEN_UPDATES;
}

void progress_tell(ProgressTeller *teller, const ProgressUpdate *update)
{
    if (!teller->sink) return;
    teller->told_seconds = clock_seconds();
    teller->sink(update, teller->context);
}

/* --- one piece of work ------------------------------------------------------------------------------ */

static void measure(Progress *progress)
{
    ProgressWork *work = &progress->work;
    const double fresh = work->done - work->done_before;
    work->elapsed_seconds = clock_seconds() - progress->begun_seconds;
    work->rate = work->elapsed_seconds > 0 && fresh > 0 ? fresh / work->elapsed_seconds : 0;
    work->left_seconds = -1;
    if (work->total > 0 && work->rate > 0 && work->total >= work->done)
        work->left_seconds = (work->total - work->done) / work->rate;
}

static void pass_on(Progress *progress, bool finished)
{
    const ProgressWork *work = &progress->work;
    if (!finished && !progress_is_due(&progress->teller)) return;
    measure(progress);
    if (finished) progress->work.left_seconds = 0;
    progress_tell(&progress->teller,
                  &(ProgressUpdate){.work = &work, .n = 1, .finished = finished});
}

void progress_begin(Progress *progress, const char *unit, double total, double done_before,
                    const char *title_format, ...)
{
    *progress = (Progress){.teller = progress_teller(),
                           .begun_seconds = clock_seconds(),
                           .work = {.done = done_before,
                                    .done_before = done_before,
                                    .total = total,
                                    .loss = NAN,
                                    .learning_rate = NAN}};
    snprintf(progress->work.unit, sizeof progress->work.unit, "%s", unit);
    va_list arguments;
    va_start(arguments, title_format);
    vsnprintf(progress->work.title, sizeof progress->work.title, title_format, arguments);
    va_end(arguments);
}

void progress_note(Progress *progress, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(progress->work.note, sizeof progress->work.note, format, arguments);
    va_end(arguments);
}

void progress_losses(Progress *progress, double loss, double learning_rate)
{
    progress->work.loss = loss;
    progress->work.learning_rate = learning_rate;
    sparkline_add(&progress->work.losses, loss);
}

void progress_report(Progress *progress, double done)
{
    progress->work.done = done;
    pass_on(progress, false);
}

void progress_end(Progress *progress)
{
    pass_on(progress, true);
}
