#include "cli/terminal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/control.h"
#include "base/encoding.h"
#include "base/file.h"
#include "base/log.h"
#include "base/progress.h"

typedef struct Terminal {
    bool live;              /* standard error is a terminal */
    bool line_open;         /* a live line is on the screen */
    double printed_seconds; /* when the last plain line was printed */
    bool brief;             /* what took no time is not told of */
    FILE *out;              /* standard output itself */
    char part[4];           /* of a character that is not whole yet, on its way there */
    size_t n_part;
} Terminal;

/* The process has one terminal; its state lives as long. */
static Terminal *the_terminal(void)
{
    static Terminal terminal;
    return &terminal;
}

static void end_line(Terminal *terminal)
{
    if (terminal->line_open) fputc('\n', stderr);
    terminal->line_open = false;
}

/* --- text ------------------------------------------------------------------------------------------ */

/* Of a text that is all there. */
static void print_text(const char *text)
{
    char shown[CONTROL_SHOWN];
    for (size_t size = strlen(text), n; size > 0; text += n, size -= n) {
        n = control_show(shown, text, size);
        fputs(shown, stderr);
    }
}

/* Whether bytes, of which nothing is shown yet, may be the beginning of a character. */
static bool is_unfinished(const char *bytes, size_t n)
{
    unsigned char first = (unsigned char)*bytes;
    size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
    for (size_t i = 1; i < n; i++)
        if (!encoding_continues(bytes[i])) return false;
    return n < length;
}

static void show_first(Terminal *terminal)
{
    char shown[CONTROL_SHOWN];
    size_t n = control_show(shown, terminal->part, terminal->n_part);
    fputs(shown, terminal->out);
    terminal->n_part -= n;
    memmove(terminal->part, terminal->part + n, terminal->n_part);
}

/* What commands print, in pieces that may end within a character. */
static ssize_t write_shown(void *context, const char *bytes, size_t size)
{
    Terminal *terminal = context;
    end_line(terminal);
    for (size_t i = 0; i < size; i++) {
        terminal->part[terminal->n_part++] = bytes[i];
        while (terminal->n_part > 0 && !is_unfinished(terminal->part, terminal->n_part))
            show_first(terminal);
    }
    return fflush(terminal->out) == 0 ? (ssize_t)size : 0;
}

static bool install_output(Terminal *terminal, Error *err)
{
    terminal->out = stdout;
    FILE *shown = fopencookie(terminal, "w", (cookie_io_functions_t){.write = write_shown});
    if (!shown) return error_system(err, errno, "standard output cannot be set up");
    setvbuf(shown, NULL, isatty(STDOUT_FILENO) ? _IOLBF : _IOFBF, BUFSIZ);
    stdout = shown;
    return true;
}

bool terminal_flush(Error *err)
{
    Terminal *terminal = the_terminal();
    bool ok = fflush(stdout) == 0 && !ferror(stdout);
    while (terminal->n_part > 0) show_first(terminal);
    if (fflush(terminal->out) == 0 && !ferror(terminal->out) && ok) return true;
    return file_error(err, errno, "standard output", "cannot be written");
}

/* --- log lines and progress ------------------------------------------------------------------------ */

static void show_log(LogLevel level, const char *line, void *context)
{
    if (level == LOG_DETAIL) return;
    end_line(context);
    fputs(level == LOG_WARNING ? "warning: " : "", stderr);
    print_text(line);
    fputc('\n', stderr);
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

static void write_progress(char *line, size_t size, const ProgressUpdate *update)
{
    char done[16], total[16], rate[16], left[32], elapsed[32];
    char of_total[32] = "", values[192] = "", time[48] = "";
    short_number(done, update->done);
    short_number(total, update->total);
    short_number(rate, update->rate);
    clock_duration(elapsed, update->elapsed_seconds);
    clock_duration(left, update->left_seconds > 0 ? update->left_seconds : 0);
    if (update->total > 0) snprintf(of_total, sizeof of_total, " of %s", total);
    if (update->values[0]) snprintf(values, sizeof values, "  %s", update->values);
    if (update->finished) snprintf(time, sizeof time, "  in %s", elapsed);
    else if (update->left_seconds >= 0) snprintf(time, sizeof time, "  %s left", left);
    snprintf(line, size, "  %s: %s%s %s, %s/s%s%s", update->title, done, of_total, update->unit,
             rate, time, values);
}

size_t terminal_columns(void)
{
    const size_t usual = 80;
    struct winsize window;
    if (!isatty(STDOUT_FILENO)) return 0;
    const bool known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) == 0 && window.ws_col > 0;
    return known ? window.ws_col : usual;
}

size_t terminal_width(void)
{
    const size_t most = 120, columns = terminal_columns();
    return columns < most ? columns : most;
}

/* A live line that is longer than the terminal is wide could not be written over. */
static void cut_to_width(char *line)
{
    struct winsize window;
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &window) != 0 || window.ws_col < 2) return;
    size_t end = window.ws_col - 1u;
    if (strlen(line) <= end) return;
    while (end > 0 && encoding_continues(line[end])) end--; /* inside a character */
    line[end] = '\0';
}

static void show_progress(const ProgressUpdate *update, void *context)
{
    const double plain_interval_seconds = 10;
    const double brief_seconds = 1;
    Terminal *terminal = context;
    char line[512];
    if (terminal->brief && update->elapsed_seconds < brief_seconds) return;
    write_progress(line, sizeof line, update);
    if (terminal->live) {
        if (!update->finished) cut_to_width(line);
        fputs("\r\033[K", stderr);
        print_text(line);
        if (update->finished) fputc('\n', stderr);
        terminal->line_open = !update->finished;
    } else if (update->finished ||
               clock_seconds() - terminal->printed_seconds > plain_interval_seconds) {
        print_text(line);
        fputc('\n', stderr);
        terminal->printed_seconds = clock_seconds();
    }
    fflush(stderr);
}

bool terminal_install(Error *err)
{
    Terminal *terminal = the_terminal();
    *terminal = (Terminal){.live = isatty(STDERR_FILENO) != 0, .printed_seconds = clock_seconds()};
    log_install(show_log, terminal);
    progress_install(show_progress, terminal);
    return install_output(terminal, err);
}

void terminal_be_brief(void)
{
    the_terminal()->brief = true;
}

void terminal_error(const Error *err)
{
    end_line(the_terminal());
    print_text(err->text);
    if (err->length && err->text[err->length - 1] != '\n') fputc('\n', stderr);
}
