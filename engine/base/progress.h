/* Progress of long work: what, how far, at what rate, how long still, and a few values (loss).
 *
 * The caller reports as often as it likes; the module passes on at most a few updates a second, and
 * the last one always, to the sink that was installed when it began: cli/ installs one (a live line on
 * a terminal, plain lines elsewhere), and who sums up the progress of others puts its own in between. The
 * time left comes from the rate since progress_begin, so work resumed from a checkpoint passes what is
 * already done as `done_before`.
 *
 * Threads  one thread reports; a report that is not passed on costs some 30 ns */
#ifndef BASE_PROGRESS_H
#define BASE_PROGRESS_H

#include "base/error.h"

typedef struct ProgressUpdate {
    const char *title;  /* "pre-training gpt" */
    const char *unit;   /* "tokens", "bytes", "examples" */
    double done, total; /* in units; total 0 when unknown */
    double done_before; /* of what is done, before progress_begin */
    double rate;        /* units a second */
    double elapsed_seconds;
    double left_seconds; /* negative when unknown */
    const char *values;  /* "loss 4.213  lr 2.5e-4", or "" */
    bool finished;
} ProgressUpdate;
typedef void ProgressSink(const ProgressUpdate *update, void *context);

typedef struct Progress {
    ProgressSink *sink;
    void *context;
    char title[96];
    char unit[24];
    char values[160];
    double done, done_before, total;
    double begun_seconds, shown_seconds;
} Progress;

void progress_install(ProgressSink *sink, void *context); /* NULL: none */
void progress_begin(Progress *progress, const char *unit, double total, double done_before,
                    const char *title_format, ...) PRINTF_LIKE(5, 6);
void progress_values(Progress *progress, const char *format, ...) PRINTF_LIKE(2, 3);
void progress_report(Progress *progress, double done);
void progress_end(Progress *progress);

#endif
