#include "pty_rig.h"

#include <criterion/criterion.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"

enum { MOST_WORDS = 32 };

static void become(const char *words, const char *const *environment)
{
    char *argv[MOST_WORDS + 2] = {getenv("REPRISE")}, *copy = strdup(words);
    int n = 1;
    for (char *word = strtok(copy, " "); word && n <= MOST_WORDS; word = strtok(NULL, " "))
        argv[n++] = word;
    for (; *environment; environment++) putenv(strdup(*environment));
    signal(SIGHUP, SIG_DFL);
    execv(argv[0], argv);
    _exit(127);
}

void pty_rig_start(PtyRun *run, const char *words, int rows, int columns,
                   const char *const *environment)
{
    const struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    memset(run, 0, sizeof *run);
    run->screen.rows = rows;
    run->screen.columns = columns;
    cr_assert(rows <= PTY_MOST_ROWS && columns <= PTY_MOST_COLUMNS);
    run->process = forkpty(&run->terminal, NULL, NULL, &size);
    cr_assert_geq(run->process, 0);
    if (run->process == 0) become(words, environment);
}

void pty_rig_resize(PtyRun *run, int rows, int columns)
{
    const struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    cr_assert_eq(ioctl(run->terminal, TIOCSWINSZ, &size), 0);
    run->screen.rows = rows;
    run->screen.columns = columns;
    run->longest = 0;
}

/* --- the screen ---------------------------------------------------------------------------------------- */

static void clear_cells(PtyScreen *screen, int row, int from)
{
    memset(screen->cell[row][from], 0, sizeof screen->cell[row] - (size_t)from * PTY_CELL);
}

static void next_row(PtyScreen *screen)
{
    if (screen->row + 1 < screen->rows) {
        screen->row++;
        return;
    }
    memmove(screen->cell[0], screen->cell[1], sizeof screen->cell[0] * (PTY_MOST_ROWS - 1));
    clear_cells(screen, screen->rows - 1, 0);
}

static void put_letter(PtyRun *run, const char *letter, size_t size)
{
    PtyScreen *screen = &run->screen;
    if (screen->column == screen->columns) {
        screen->column = 0;
        next_row(screen);
    }
    char *cell = screen->cell[screen->row][screen->column++];
    memcpy(cell, letter, size);
    cell[size] = '\0';
    if (screen->column > run->longest) run->longest = screen->column;
}

/* Behind "ESC [": a number and a letter. Returns the bytes. */
static size_t obey(PtyScreen *screen, const char *sequence)
{
    char *end;
    const long n = strtol(sequence, &end, 10);
    switch (*end) {
    case 'A': screen->row = n < screen->row ? screen->row - (int)n : 0; break;
    case 'K': clear_cells(screen, screen->row, screen->column); break;
    case 'J':
        clear_cells(screen, screen->row, screen->column);
        for (int row = screen->row + 1; row < screen->rows; row++) clear_cells(screen, row, 0);
        break;
    case 'm': break;
    default: cr_assert_fail("the command writes ESC [ %.8s", sequence);
    }
    return (size_t)(end - sequence) + 1;
}

static size_t letter_bytes(const char *at)
{
    const unsigned char first = (unsigned char)*at;
    return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

/* What has arrived whole; the rest comes with more. Each write of the command is whole. */
static void draw(PtyRun *run, const char *at)
{
    PtyScreen *screen = &run->screen;
    while (*at) {
        if (*at == '\n') next_row(screen), at++;
        else if (*at == '\r') screen->column = 0, at++;
        else if (*at == '\033') at += 2 + obey(screen, at + 2);
        else {
            const size_t size = letter_bytes(at);
            put_letter(run, at, size);
            at += size;
        }
    }
}

const char *pty_rig_row(const PtyRun *run, int row)
{
    static char text[PTY_MOST_COLUMNS * PTY_CELL + 1];
    size_t length = 0, last = 0;
    for (int c = 0; c < run->screen.columns; c++) {
        const char *cell = run->screen.cell[row][c];
        const size_t size = *cell ? strlen(cell) : 1;
        memcpy(text + length, *cell ? cell : " ", size);
        length += size;
        if (*cell && *cell != ' ') last = length;
    }
    text[last] = '\0';
    return text;
}

int pty_rig_find(const PtyRun *run, const char *text)
{
    for (int row = 0; row < run->screen.rows; row++)
        if (strstr(pty_rig_row(run, row), text)) return row;
    return -1;
}

/* --- reading ------------------------------------------------------------------------------------------- */

/* Where the last sequence, or letter, that is not whole yet begins; `n` when all is whole. */
static size_t whole_until(const char *text, size_t n)
{
    for (size_t back = 1; back <= 12 && back <= n; back++) {
        const char *at = text + n - back;
        if (*at == '\033') return strspn(at + 1, "[0123456789;") + 1 == back ? n - back : n;
        if (((unsigned char)*at & 0xC0) != 0x80 && back < 5 && letter_bytes(at) > back)
            return n - back;
    }
    return n;
}

/* False: nothing more comes. */
static bool take(PtyRun *run, int milliseconds)
{
    static size_t n_drawn;
    struct pollfd polled = {.fd = run->terminal, .events = POLLIN};
    if (run->n_written == 0) n_drawn = 0;
    if (poll(&polled, 1, milliseconds) <= 0) return true;
    ssize_t n =
        read(run->terminal, run->written + run->n_written, PTY_MOST_WRITTEN - run->n_written - 1);
    if (n <= 0) return false; /* EIO: the other side is closed */
    run->n_written += (size_t)n;
    const size_t until = whole_until(run->written, run->n_written);
    char *piece = strndup(run->written + n_drawn, until - n_drawn);
    draw(run, piece);
    free(piece);
    n_drawn = until;
    return true;
}

void pty_rig_read(PtyRun *run, double seconds)
{
    const double until = clock_seconds() + seconds;
    while (clock_seconds() < until && take(run, 50)) {
    }
}

bool pty_rig_wait_for(PtyRun *run, const char *text)
{
    const double until = clock_seconds() + 60;
    while (clock_seconds() < until) {
        if (pty_rig_find(run, text) >= 0) return true;
        if (!take(run, 100)) break;
    }
    return pty_rig_find(run, text) >= 0;
}

int pty_rig_end(PtyRun *run)
{
    int status;
    while (take(run, 1000)) {
    }
    close(run->terminal);
    cr_assert_eq(waitpid(run->process, &status, 0), run->process);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}
