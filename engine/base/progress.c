#include "base/progress.h"

#include "base/clock.h"

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

static void pass_on(Progress *progress, bool finished)
{
    if (!progress->sink) return;
    double now = clock_seconds();
    if (!finished && now - progress->shown_seconds < SECONDS_BETWEEN_UPDATES) return;
    progress->shown_seconds = now;

    double elapsed = now - progress->begun_seconds;
    double fresh = progress->done - progress->done_before;
    double rate = elapsed > 0 && fresh > 0 ? fresh / elapsed : 0;
    double left = -1;
    if (progress->total > 0 && rate > 0 && progress->total >= progress->done)
        left = (progress->total - progress->done) / rate;
    ProgressUpdate update = {
        .title = progress->title,
        .unit = progress->unit,
        .done = progress->done,
        .total = progress->total,
        .done_before = progress->done_before,
        .rate = rate,
        .elapsed_seconds = elapsed,
        .left_seconds = finished ? 0 : left,
        .values = progress->values,
        .finished = finished,
    };
    progress->sink(&update, progress->context);
}

void progress_begin(Progress *progress, const char *unit, double total, double done_before,
                    const char *title_format, ...)
{
    *progress = (Progress){.sink = progress_sink,
                           .context = progress_context,
                           .done = done_before,
                           .done_before = done_before,
                           .total = total};
    snprintf(progress->unit, sizeof progress->unit, "%s", unit);
    va_list arguments;
    va_start(arguments, title_format);
    vsnprintf(progress->title, sizeof progress->title, title_format, arguments);
    va_end(arguments);
    progress->begun_seconds = progress->shown_seconds = clock_seconds();
}

void progress_values(Progress *progress, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(progress->values, sizeof progress->values, format, arguments);
    va_end(arguments);
}

void progress_report(Progress *progress, double done)
{
    progress->done = done;
    pass_on(progress, false);
}

void progress_end(Progress *progress)
{
    pass_on(progress, true);
}
