#include "cli/progress_text.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"

void progress_text_amount(char text[PROGRESS_AMOUNT_BYTES], double value)
{
    static const char *const units[] = {"", " k", " M", " G", " T"};
    int unit = 0;
    while (value >= 1000 && unit < 4) {
        value /= 1000;
        unit++;
    }
    snprintf(text, PROGRESS_AMOUNT_BYTES, value < 100 && unit ? "%.1f%s" : "%.0f%s", value,
             units[unit]);
}

static void add(char line[PROGRESS_TEXT_BYTES], const char *format, ...) PRINTF_LIKE(2, 3);
static void add(char line[PROGRESS_TEXT_BYTES], const char *format, ...)
{
    const size_t length = strlen(line);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line + length, PROGRESS_TEXT_BYTES - length, format, arguments);
    va_end(arguments);
}

static void add_time(char line[PROGRESS_TEXT_BYTES], const char *before, double seconds)
{
    char text[32];
    clock_duration(text, seconds);
    add(line, "%s", before);
    add(line, "%s", text);
}

static void add_work(char line[PROGRESS_TEXT_BYTES], const ProgressWork *work)
{
    char done[PROGRESS_AMOUNT_BYTES], total[PROGRESS_AMOUNT_BYTES], rate[PROGRESS_AMOUNT_BYTES];
    progress_text_amount(done, work->done);
    progress_text_amount(total, work->total);
    progress_text_amount(rate, work->rate);
    add(line, "%s: %s", work->title, done);
    if (work->total > 0) add(line, " of %s", total);
    add(line, " %s, %s/s", work->unit, rate);
    if (work->note[0]) add(line, "  %s", work->note);
    if (!isnan(work->loss)) add(line, "  loss %.4f", work->loss);
    if (!isnan(work->learning_rate)) add(line, "  learning rate %.2e", work->learning_rate);
}

static void add_alone(char line[PROGRESS_TEXT_BYTES], const ProgressWork *work, bool finished)
{
    add_work(line, work);
    if (finished) add_time(line, "  in ", work->elapsed_seconds);
    else if (work->left_seconds >= 0) {
        add_time(line, "  ", work->left_seconds);
        add(line, " left");
    }
}

static void add_plan(char line[PROGRESS_TEXT_BYTES], const ProgressUpdate *update)
{
    const ProgressPlan *plan = update->plan;
    if (update->finished) {
        add(line, "%s: %d stages", plan->name, plan->n_done);
        add_time(line, " in ", plan->elapsed_seconds);
        return;
    }
    add(line, "%s: %d of %d stages, %.0f %% of the time", plan->name, plan->n_done, plan->n_stages,
        100 * plan->share);
    if (plan->left_seconds >= 0) {
        add_time(line, ", ", plan->left_seconds);
        add(line, " left");
    }
    if (update->n == 0) return;
    add(line, "  ");
    add_work(line, update->work[0]);
    if (update->n > 1) add(line, "  and %d more", update->n - 1);
}

void progress_text_line(char line[PROGRESS_TEXT_BYTES], const ProgressUpdate *update)
{
    line[0] = '\0';
    add(line, "  ");
    if (update->plan) add_plan(line, update);
    else add_alone(line, update->work[0], update->finished);
}
