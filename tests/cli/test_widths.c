/* What commands print for people keeps within the terminal. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "cli_rig.h"
#include "pty_rig.h"

#ifndef REPRISE_DOUBLE /* the command is the same in both builds */

TestSuite(widths, .init = cli_rig_begin, .fini = cli_rig_end, .timeout = 120);

static const char *const usual[] = {NULL}; /* environment */

static void expect_within(const char *words, int columns)
{
    PtyRun *run = calloc(1, sizeof *run);
    cr_assert(run);
    pty_rig_start(run, words, PTY_MOST_ROWS, columns, usual);
    const int status = pty_rig_end(run);
    cr_expect_eq(status, 0, "%s at %d columns: exit status %d", words, columns, status);
    cr_expect_gt(run->longest, columns / 2, "%s at %d columns", words, columns);
    cr_expect_leq(run->longest, columns, "%s at %d columns: a line has %d", words, columns,
                  run->longest);
    free(run);
}

Test(widths, lists_and_help_are_no_wider_than_the_terminal)
{
    static const char *const commands[] = {
        "--help",         "help",          "data add --help",         "report --help",
        "predict --help", "data --help",   "plan trial --scale mini", "plan all --scale mini",
        "data list",      "report claims",
    };
    static const int columns[] = {60, 80, 120};
    for (size_t c = 0; c < sizeof commands / sizeof *commands; c++)
        for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
            expect_within(commands[c], columns[i]);
}

/* What there is no room for is left out, the least important first, and nowhere else than at a terminal. */
Test(widths, a_plan_keeps_the_columns_that_find_room)
{
    static const struct {
        int columns;
        const char *kept;
        bool all;
    } cases[] = {{60, "time  what", false}, {160, "parameters  tokens", true}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        PtyRun *run = calloc(1, sizeof *run);
        cr_assert(run);
        pty_rig_start(run, "plan trial --scale mini", PTY_MOST_ROWS, cases[i].columns, usual);
        cr_expect_eq(pty_rig_end(run), 0);
        cr_expect_geq(pty_rig_find(run, cases[i].kept), 0, "%s", run->written);
        cr_expect_eq(pty_rig_find(run, "FLOPs") >= 0, cases[i].all, "%s", run->written);
        free(run);
    }
    const CliRun piped = cli_rig_run("plan trial --scale mini");
    cr_expect(strstr(piped.out, "  key  "), "%s", piped.out);
}

Test(widths, what_to_type_next_stands_below_what_it_is_for_where_it_has_no_room_beside)
{
    cli_rig_edit("experiments/scales/mini.json", "\"tokens\": 3000", "\"tokens\": 400");
    cr_assert_eq(cli_rig_run("run trial --scale mini").status, 0);
    static const int columns[] = {160, 40};
    for (int below = 0; below < 2; below++) {
        PtyRun *run = calloc(1, sizeof *run);
        cr_assert(run);
        pty_rig_start(run, "run trial --scale mini", PTY_MOST_ROWS, columns[below], usual);
        cr_expect_eq(pty_rig_end(run), 0);
        const int row = pty_rig_find(run, "  what a change costs");
        cr_assert_geq(row, 0, "%s", run->written);
        cr_expect_eq(strstr(pty_rig_row(run, row), " explain trial") == NULL, below);
        free(run);
    }
}

#endif
