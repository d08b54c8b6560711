/* The command at a terminal: a pseudo-terminal, and the screen that what is written to it leaves, as far as the command's
 * own means go (letters, line ends, cursor up, clear to the end of the line and of the screen, colours). */
#ifndef TESTS_PTY_RIG_H
#define TESTS_PTY_RIG_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum { PTY_MOST_ROWS = 60, PTY_MOST_COLUMNS = 160, PTY_CELL = 5, PTY_MOST_WRITTEN = 1 << 22 };

typedef struct PtyScreen {
    int rows, columns, row, column;
    char cell[PTY_MOST_ROWS][PTY_MOST_COLUMNS][PTY_CELL]; /* one character each, in UTF-8 */
} PtyScreen;

typedef struct PtyRun {
    pid_t process;
    int terminal;
    PtyScreen screen;
    char written[PTY_MOST_WRITTEN]; /* all of it, zero-terminated */
    size_t n_written;
    int longest; /* columns that a line had, of all that were drawn */
} PtyRun;

/* In the scratch folder of cli_rig. `environment`: NAME=VALUE, up to NULL, beside what there is. */
void pty_rig_start(PtyRun *run, const char *words, int rows, int columns,
                   const char *const *environment);

/* Reads until the screen has the text, for a minute at most; false: it has not. */
bool pty_rig_wait_for(PtyRun *run, const char *text);

void pty_rig_read(PtyRun *run, double seconds);

void pty_rig_resize(PtyRun *run, int rows, int columns);

/* Reads until the process ends; its exit status, -N when signal N ended it. */
int pty_rig_end(PtyRun *run);

/* A row of the screen, without spaces at its end, and the first that has a text; negative: none. */
const char *pty_rig_row(const PtyRun *run, int row);
int pty_rig_find(const PtyRun *run, const char *text);

#endif
