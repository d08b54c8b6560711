/* Progress of long work: what is known of it, and who is told.
 *
 * One piece of work says what it does, how far it is, at what rate, how long it will still take, and the loss and
 * the learning rate of a training. It reports as often as it likes; at most a few updates a second are passed on,
 * and the last one always, to the sink that was installed when it began: cli/ installs one, and who sums up the
 * progress of others puts its own in between. The time left comes from the rate since progress_begin, so work
 * resumed from a checkpoint passes what is already done as `done_before`.
 *
 * Threads  one thread reports; a report that is not passed on costs some 30 ns */
#ifndef BASE_PROGRESS_H
#define BASE_PROGRESS_H

#include "base/error.h"
#include "base/sparkline.h"

/* Plain data, that may be copied to another process. */
typedef struct ProgressWork {
    char title[96];     /* "pre-training gpt" */
    char unit[24];      /* "tokens" */
    char note[48];      /* "epoch 2", or "" */
    double done, total; /* in units; total 0 when unknown */
    double done_before; /* of what is done, before progress_begin */
    double rate;        /* units a second */
    double elapsed_seconds;
    double left_seconds;        /* negative when unknown */
    double loss, learning_rate; /* NaN: there is none */
    Sparkline losses;           /* since progress_begin */
} ProgressWork;

/* All stages of a plan together. */
typedef struct ProgressPlan {
    const char *name, *scale; /* of the experiment, or "all" */
    int n_stages, n_done;     /* that this run has to do, and has done */
    double share;             /* of the time that it takes, 0 to 1 */
    double elapsed_seconds;
    double left_seconds; /* negative when unknown */
} ProgressPlan;

typedef struct ProgressUpdate {
    const ProgressPlan *plan;        /* NULL: the work is of none */
    const ProgressWork *const *work; /* [n] what is being done, the longest first */
    int n;
    bool finished; /* the plan, or the work where there is none */
} ProgressUpdate;
typedef void ProgressSink(const ProgressUpdate *update, void *context);

void progress_install(ProgressSink *sink, void *context); /* NULL: none */

/* The sink that is installed, told of a few updates a second. */
typedef struct ProgressTeller {
    ProgressSink *sink;
    void *context;
    double told_seconds;
} ProgressTeller;
ProgressTeller progress_teller(void);
bool progress_is_due(const ProgressTeller *teller);
void progress_tell(ProgressTeller *teller, const ProgressUpdate *update);

typedef struct Progress {
    ProgressTeller teller;
    ProgressWork work;
    double begun_seconds;
} Progress;

void progress_begin(Progress *progress, const char *unit, double total, double done_before,
                    const char *title_format, ...) PRINTF_LIKE(5, 6);
void progress_note(Progress *progress, const char *format, ...) PRINTF_LIKE(2, 3);
void progress_losses(Progress *progress, double loss, double learning_rate);
void progress_report(Progress *progress, double done);
void progress_end(Progress *progress);

#endif
