#include "cli/terminal.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/control.h"
#include "base/encoding.h"
#include "base/file.h"
#include "base/interrupt.h"
#include "base/log.h"
#include "cli/progress_block.h"
#include "cli/progress_json.h"
#include "cli/progress_text.h"

typedef struct Terminal {
    TerminalManner manner;
    bool live;           /* standard error is a terminal on which a block can be redrawn */
    bool shown;          /* the block is on the screen, just above the cursor */
    ProgressBlock block; /* as it was last drawn */
    ProgressStyle style;
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

/* --- the block ------------------------------------------------------------------------------------- */

/* 0: it is not known. */
static int columns_of(int descriptor, int *rows)
{
    struct winsize window;
    if (!isatty(descriptor) || ioctl(descriptor, TIOCGWINSZ, &window) != 0) return 0;
    *rows = window.ws_row;
    return window.ws_col;
}

/* Asked anew each time that something is drawn, so that a signal of another size (SIGWINCH) need not be waited for. */
static void look_at_size(Terminal *terminal)
{
    const int usual_columns = 80, usual_rows = 24;
    int rows = 0, columns = columns_of(STDERR_FILENO, &rows);
    terminal->style.columns = columns > 1 ? columns : usual_columns;
    terminal->style.rows = rows > 0 ? rows : usual_rows;
}

/* The cursor goes to the block's first line. */
static void go_up(const Terminal *terminal)
{
    int rows = progress_block_rows(&terminal->block, terminal->style.columns);
    if (rows > terminal->style.rows - 1) rows = terminal->style.rows - 1;
    if (terminal->shown && rows > 0) fprintf(stderr, "\r\033[%dA", rows);
}

static void show_block(Terminal *terminal)
{
    fwrite(terminal->block.text, 1, terminal->block.size, stderr);
    fputs("\033[J", stderr); /* of a longer one before, and what was typed */
    terminal->shown = true;
    fflush(stderr);
}

/* Makes room for lines that stay. */
static void clear_block(Terminal *terminal)
{
    if (!terminal->shown) return;
    look_at_size(terminal);
    go_up(terminal);
    fputs("\033[J", stderr);
    fflush(stderr);
    terminal->shown = false;
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
    clear_block(terminal);
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

/* --- lines of JSON -------------------------------------------------------------------------------- */

/* They are for programs that go on without one that cannot be made. */
static void print_json(const Json *json, Arena *arena)
{
    Error unused = {0};
    const char *line = json ? json_canonical(json, arena, &unused) : NULL;
    if (line) puts(line);
    fflush(stdout);
}

static void print_json_text(const char *event, const char *level, const char *text)
{
    Error unused = {0};
    Arena *arena = arena_create("line", &unused);
    Json *json = arena ? json_new_object(arena, &unused) : NULL;
    if (json && json_set_text(json, "event", event, arena, &unused) &&
        (!level || json_set_text(json, "level", level, arena, &unused)) &&
        json_set_text(json, "text", text, arena, &unused))
        print_json(json, arena);
    arena_destroy(arena);
}

static void print_json_log(const char *level, const char *line)
{
    print_json_text("log", level, line);
}

static void print_json_error(const Error *err)
{
    print_json_text("error", NULL, err->text);
}

static void print_json_progress(const ProgressUpdate *update)
{
    Error unused = {0};
    Arena *arena = arena_create("line", &unused);
    if (arena) print_json(progress_json_make(update, arena, &unused), arena);
    arena_destroy(arena);
}

/* --- log lines and progress ------------------------------------------------------------------------ */

static void print_log(LogLevel level, const char *line)
{
    fputs(level == LOG_WARNING ? "warning: " : "", stderr);
    print_text(line);
    fputc('\n', stderr);
}

static void show_log(LogLevel level, const char *line, void *context)
{
    Terminal *terminal = context;
    const bool again = terminal->shown;
    if (level == LOG_DETAIL || terminal->manner == TERMINAL_QUIET) return;
    if (terminal->manner == TERMINAL_JSON) {
        print_json_log(level == LOG_WARNING ? "warning" : "info", line);
        return;
    }
    clear_block(terminal);
    print_log(level, line);
    if (again) show_block(terminal);
    fflush(stderr);
}

size_t terminal_columns(void)
{
    const size_t usual = 80;
    int unused, columns = columns_of(STDOUT_FILENO, &unused);
    if (!isatty(STDOUT_FILENO)) return 0;
    return columns > 0 ? (size_t)columns : usual;
}

size_t terminal_width(void)
{
    const size_t most = 120, columns = terminal_columns();
    return columns < most ? columns : most;
}

size_t terminal_room(void)
{
    const size_t widest = 1 << 16, columns = terminal_columns();
    return columns ? columns : widest;
}

static void show_line(const ProgressUpdate *update)
{
    char line[PROGRESS_TEXT_BYTES];
    progress_text_line(line, update);
    print_text(line);
    fputc('\n', stderr);
}

/* What has finished becomes a line that stays. */
static void show_live(Terminal *terminal, const ProgressUpdate *update)
{
    if (update->finished) {
        clear_block(terminal);
        show_line(update);
        fflush(stderr);
        return;
    }
    look_at_size(terminal);
    go_up(terminal);
    terminal->style.stopping = interrupt_requested();
    progress_block_draw(&terminal->block, update, &terminal->style);
    show_block(terminal);
}

static bool is_time(Terminal *terminal, const ProgressUpdate *update, double interval_seconds)
{
    const double now = clock_seconds();
    if (!update->finished && now - terminal->printed_seconds < interval_seconds) return false;
    terminal->printed_seconds = now;
    return true;
}

static bool is_brief(const Terminal *terminal, const ProgressUpdate *update)
{
    const double brief_seconds = 1;
    return terminal->brief && !update->plan && update->work[0]->elapsed_seconds < brief_seconds;
}

void terminal_show_progress(const ProgressUpdate *update, void *unused)
{
    const double line_seconds = 10, json_seconds = 1;
    Terminal *terminal = the_terminal();
    (void)unused;
    if (terminal->manner == TERMINAL_QUIET || is_brief(terminal, update)) return;
    if (terminal->manner == TERMINAL_JSON) {
        if (is_time(terminal, update, json_seconds)) print_json_progress(update);
    } else if (terminal->live) show_live(terminal, update);
    else if (is_time(terminal, update, line_seconds)) {
        show_line(update);
        fflush(stderr);
    }
}

/* --- what the terminal is ----------------------------------------------------------------------------- */

/* "" where it is not set. */
static const char *environment(const char *name)
{
    const char *value = getenv(name);
    return value ? value : "";
}

/* What moves the cursor is the same on all that are left; the oldest, and some whose names say so, have no colour. */
static bool moves_cursor(void)
{
    const char *name = environment("TERM");
    return *name && strcmp(name, "dumb") != 0;
}

static bool has_colour(void)
{
    const char *name = environment("TERM");
    const size_t length = strlen(name);
    return !*environment("NO_COLOR") && strncmp(name, "vt", 2) != 0 && !strstr(name, "mono") &&
           !(length > 2 && !strcmp(name + length - 2, "-m"));
}

/* The locale is looked at, and not taken on: no number that is printed depends on it. */
static bool is_utf8(void)
{
    const locale_t unset = (locale_t)0;
    locale_t locale = newlocale(LC_CTYPE_MASK, "", unset);
    if (locale == unset) return false;
    const bool utf8 = !strcmp(nl_langinfo_l(CODESET, locale), "UTF-8");
    freelocale(locale);
    return utf8;
}

bool terminal_install(Error *err)
{
    Terminal *terminal = the_terminal();
    *terminal = (Terminal){.live = isatty(STDERR_FILENO) && moves_cursor(),
                           .style = {.colour = has_colour(), .unicode = is_utf8()},
                           .printed_seconds = clock_seconds()};
    /* What is drawn appears at once, or not at all where the process ends. */
    if (terminal->live) setvbuf(stderr, NULL, _IOFBF, 2 * PROGRESS_BLOCK_BYTES);
    log_install(show_log, terminal);
    progress_install(terminal_show_progress, NULL);
    return install_output(terminal, err);
}

void terminal_be_brief(void)
{
    the_terminal()->brief = true;
}

void terminal_choose(TerminalManner manner)
{
    the_terminal()->manner = manner;
}

/* The block stays where it is: how far everything was. */
void terminal_error(const Error *err)
{
    the_terminal()->shown = false;
    if (the_terminal()->manner == TERMINAL_JSON) print_json_error(err);
    print_text(err->text);
    if (err->length && err->text[err->length - 1] != '\n') fputc('\n', stderr);
    fflush(stderr);
}
