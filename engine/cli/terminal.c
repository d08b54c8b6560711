#include "cli/terminal.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/progress.h"

typedef struct Terminal {
    bool live;              /* standard error is a terminal */
    bool line_open;         /* a live line is on the screen */
    double printed_seconds; /* when the last plain line was printed */
} Terminal;

static void end_line(Terminal *terminal)
{
    if (terminal->line_open) fputc('\n', stderr);
    terminal->line_open = false;
}

static void show_log(LogLevel level, const char *line, void *context)
{
    if (level == LOG_DETAIL) return;
    end_line(context);
    fprintf(stderr, "%s%s\n", level == LOG_WARNING ? "warning: " : "", line);
}

/* 12345678 -> "12.3 M". */
static void short_number(char text[16], double value)
{
    static const char *const units[] = {"", " k", " M", " G", " T"};
    int unit = 0;
    while (value >= 1000 && unit < 4) {
        value /= 1000;
        unit++;
    }
    snprintf(text, 16, value < 100 && unit ? "%.1f%s" : "%.0f%s", value, units[unit]);
}

static void print_progress(const ProgressUpdate *update, const char *begin, const char *end)
{
    char done[16], total[16], rate[16], left[32], elapsed[32];
    short_number(done, update->done);
    short_number(total, update->total);
    short_number(rate, update->rate);
    clock_duration(elapsed, update->elapsed_seconds);
    clock_duration(left, update->left_seconds > 0 ? update->left_seconds : 0);
    fprintf(stderr, "%s  %s: %s", begin, update->title, done);
    if (update->total > 0) fprintf(stderr, " of %s", total);
    fprintf(stderr, " %s, %s/s", update->unit, rate);
    if (update->values[0]) fprintf(stderr, "  %s", update->values);
    if (update->finished) fprintf(stderr, "  in %s", elapsed);
    else if (update->left_seconds >= 0) fprintf(stderr, "  %s left", left);
    fputs(end, stderr);
    fflush(stderr);
}

static void show_progress(const ProgressUpdate *update, void *context)
{
    const double plain_interval_seconds = 10;
    Terminal *terminal = context;
    if (terminal->live) {
        print_progress(update, "\r\033[K", update->finished ? "\n" : "");
        terminal->line_open = !update->finished;
    } else if (update->finished ||
               clock_seconds() - terminal->printed_seconds > plain_interval_seconds) {
        print_progress(update, "", "\n");
        terminal->printed_seconds = clock_seconds();
    }
}

/* The process has one terminal; its state lives as long. */
static Terminal *the_terminal(void)
{
    static Terminal terminal;
    return &terminal;
}

void terminal_install(void)
{
    Terminal *terminal = the_terminal();
    *terminal = (Terminal){.live = isatty(STDERR_FILENO) != 0, .printed_seconds = clock_seconds()};
    log_install(show_log, terminal);
    progress_install(show_progress, terminal);
}

void terminal_error(const Error *err)
{
    end_line(the_terminal());
    fputs(err->text, stderr);
    if (err->length && err->text[err->length - 1] != '\n') fputc('\n', stderr);
}
