/* What a run shows while it runs: at a terminal, in a pipe, to programs, and to another terminal. */
#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "cli_rig.h"
#include "pty_rig.h"

#ifndef REPRISE_DOUBLE /* the command is the same in both builds */

TestSuite(progress_shown, .init = cli_rig_begin, .fini = cli_rig_end, .timeout = 120);

#define SCALE "experiments/scales/mini.json"
#define RUN   "run trial --scale mini --threads 1"

static const char *const unicode[] = {"TERM=xterm-256color", "LC_ALL=C.UTF-8", NULL};
static Error err;

/* Pre-training that does not end by itself. */
static void train_for_ever(void)
{
    cli_rig_edit(SCALE, "\"tokens\": 3000", "\"tokens\": 300000000");
}

/* --- the block ------------------------------------------------------------------------------------------ */

static void expect_block(int columns)
{
    static PtyRun run;
    pty_rig_start(&run, RUN, 30, columns, unicode);
    cr_assert(pty_rig_wait_for(&run, "▁"), "no course of the loss:\n%s", run.written);
    const int plan = pty_rig_find(&run, "█"), bar = pty_rig_find(&run, "░");
    const int heading = pty_rig_find(&run, "learning rate"), stage = pty_rig_find(&run, "pre-tra");
    cr_expect(plan >= 0 || bar >= 0, "a bar");
    cr_expect_eq(heading, bar + 1);
    cr_expect_eq(stage, bar + 2, "under the bar, and not once more above it");
    cr_expect(strstr(pty_rig_row(&run, bar), "trial"), "%s", pty_rig_row(&run, bar));
    cr_expect(strstr(pty_rig_row(&run, bar), " left"), "%s", pty_rig_row(&run, bar));
    cr_expect(strstr(pty_rig_row(&run, heading), "loss"), "%s", pty_rig_row(&run, heading));
    cr_expect(strstr(pty_rig_row(&run, stage), "/s "), "%s", pty_rig_row(&run, stage));
    cr_expect(strstr(pty_rig_row(&run, stage), "e-0"), "%s", pty_rig_row(&run, stage));
    cr_expect_geq(pty_rig_find(&run, "pretrain: gpt on tiny-books"), 0, "log lines stay");
    cr_expect_lt(pty_rig_find(&run, "pretrain: gpt on tiny-books"), bar);
    kill(run.process, SIGINT);
    cr_expect_eq(pty_rig_end(&run), 128 + SIGINT);
    const int error = pty_rig_find(&run, "interrupted: stopped as asked");
    cr_expect_gt(error, bar, "under the block");
    cr_expect_eq(run.screen.column, 0);
    cr_expect_null(strstr(run.written, "\033[?"), "no mode of the terminal is changed");
}

Test(progress_shown, is_a_block_that_is_redrawn_at_60_columns)
{
    train_for_ever();
    expect_block(60);
}

Test(progress_shown, is_a_block_that_is_redrawn_at_80_columns)
{
    train_for_ever();
    expect_block(80);
}

Test(progress_shown, is_a_block_that_is_redrawn_at_120_columns)
{
    train_for_ever();
    expect_block(120);
}

/* However it ends: the cursor stands in a line of its own, and the block is whole. */
Test(progress_shown, is_left_clean_by_a_run_that_is_killed)
{
    static PtyRun run;
    train_for_ever();
    pty_rig_start(&run, "run trial --scale mini --threads 2 --jobs 2", 30, 80, unicode);
    cr_assert(pty_rig_wait_for(&run, "▁"), "%s", run.written);
    kill(run.process, SIGKILL);
    cr_expect_eq(pty_rig_end(&run), -SIGKILL);
    cr_expect_eq(run.screen.column, 0);
    int last = 29;
    while (last > 0 && !*pty_rig_row(&run, last)) last--;
    cr_expect_eq(run.screen.row, last + 1);
    cr_expect_geq(last, pty_rig_find(&run, "pre-tra"));
}

Test(progress_shown, follows_the_terminals_width)
{
    static PtyRun run;
    train_for_ever();
    pty_rig_start(&run, "run trial --scale mini --threads 2 --jobs 2", 30, 120, unicode);
    cr_assert(pty_rig_wait_for(&run, "▁"), "%s", run.written);
    cr_expect_eq(run.longest, 119);
    pty_rig_resize(&run, 30, 70);
    pty_rig_read(&run, 1); /* what is drawn just then may still be wide */
    run.longest = 0;
    pty_rig_read(&run, 1);
    kill(run.process, SIGINT);
    cr_expect_eq(run.longest, 69);
    (void)pty_rig_end(&run);
}

Test(progress_shown, ends_as_a_line_above_what_was_found)
{
    static PtyRun run;
    pty_rig_start(&run, RUN, 60, 80, unicode);
    cr_expect_eq(pty_rig_end(&run), 0);
    cr_expect_geq(pty_rig_find(&run, " stages in "), 0);
    cr_expect_eq(pty_rig_find(&run, "░"), -1, "the block is gone");
    cr_expect_geq(pty_rig_find(&run, "next:"), 0);
}

/* Stopped a second after it has said what is waited for. */
static void watch(PtyRun *run, const char *const *environment, const char *wait_for)
{
    pty_rig_start(run, RUN, 30, 80, environment);
    cr_assert(pty_rig_wait_for(run, wait_for), "%s", run->written);
    pty_rig_read(run, 1);
    kill(run->process, SIGINT);
    cr_expect_eq(pty_rig_end(run), 128 + SIGINT);
}

Test(progress_shown, has_no_colour_where_none_is_wanted_and_no_block_where_there_can_be_none)
{
    static const char *const plain[] = {"TERM=xterm", "LC_ALL=C.UTF-8", "NO_COLOR=1", NULL};
    static const char *const ascii[] = {"TERM=xterm", "LC_ALL=C", NULL};
    static const char *const dumb[] = {"TERM=dumb", "LC_ALL=C.UTF-8", NULL};
    static const struct {
        const char *const *environment;
        const char *wait_for;
        bool colour, block, letters;
    } cases[] = {{plain, "░", false, true, true},
                 {ascii, "learning rate", true, true, false},
                 {dumb, "pretrain: gpt on tiny-books", false, false, false}};
    train_for_ever();
    for (int i = 0; i < 3; i++) {
        static PtyRun run;
        watch(&run, cases[i].environment, cases[i].wait_for);
        const bool colour = strstr(run.written, "\033[32m"), block = strstr(run.written, "\033[K"),
                   letters = strstr(run.written, "█") || strstr(run.written, "░");
        cr_expect_eq(colour, cases[i].colour);
        cr_expect_eq(block, cases[i].block);
        cr_expect_eq(letters, cases[i].letters);
    }
}

/* --- elsewhere ------------------------------------------------------------------------------------------ */

Test(progress_shown, is_in_plain_lines_elsewhere_and_nowhere_when_quiet)
{
    CliRun run = cli_rig_run(RUN);
    cli_rig_expect(run, 0, "trial: ", " stages in ", "pretrain: gpt on tiny-books", NULL);
    cr_expect_null(strchr(run.err, '\033'));
    cr_expect(strstr(run.out, "next:"), "%s", run.out);
    CliRun quiet = cli_rig_run(RUN " --store other --quiet");
    cr_expect_eq(quiet.status, 0);
    cr_expect_str_eq(quiet.err, "");
    cr_expect(strstr(quiet.out, "reproduces v001"), "%s", quiet.out);
    cr_expect_null(strstr(quiet.out, "next:"));
    cli_rig_expect(cli_rig_run("run tria --scale mini --quiet"), 2, "tria", NULL);
}

static int n_events(const char *lines, const char *event, Arena *arena)
{
    int n = 0;
    char *copy = arena_text(arena, lines, &err);
    for (char *line = strtok(copy, "\n"); line; line = strtok(NULL, "\n")) {
        const Json *json = json_parse_text(line, strlen(line), "line", arena, &err);
        cr_assert(json, "%s", err.text);
        const char *said = json_get_text(json, "event");
        cr_assert(said, "%s", line);
        n += !strcmp(said, event);
    }
    return n;
}

Test(progress_shown, is_for_programs_an_object_a_line)
{
    Arena *arena = arena_create("lines", &err);
    CliRun run = cli_rig_run(RUN " --json");
    cr_expect_eq(run.status, 0, "%s", run.err);
    cr_expect_str_eq(run.err, "");
    cr_expect_geq(n_events(run.out, "progress", arena), 1);
    cr_expect_geq(n_events(run.out, "log", arena), 5);
    cr_expect_eq(n_events(run.out, "result", arena), 1);
    cr_expect(strstr(run.out, "\"finished\":true"), "%s", run.out);
    CliRun wrong = cli_rig_run("run tria --scale mini --json");
    cr_expect_eq(wrong.status, 2);
    cr_expect_eq(n_events(wrong.out, "error", arena), 1);
    arena_destroy(arena);
}

/* --- from another terminal ------------------------------------------------------------------------------ */

static void wait_for_file(const char *folder, const char *name)
{
    for (int i = 0; i < 2000 && cli_rig_count(folder, name) == 0; i++) usleep(5000);
    cr_assert_gt(cli_rig_count(folder, name), 0, "no %s in 10 s", name);
}

Test(progress_shown, is_watched_from_another_terminal_until_the_run_ends)
{
    static PtyRun watch;
    train_for_ever();
    const pid_t process = cli_rig_start(RUN);
    wait_for_file("build/store/pretrain", "resume.safetensors");
    pty_rig_start(&watch, "status trial --scale mini --watch", 40, 80, unicode);
    cr_expect(pty_rig_wait_for(&watch, "▁"), "%s", watch.written);
    cr_expect_geq(pty_rig_find(&watch, "pre-training gpt"), 0);
    kill(process, SIGKILL);
    cli_rig_wait(process);
    cr_expect_eq(pty_rig_end(&watch), 0);
    cr_expect_geq(pty_rig_find(&watch, "the run has ended"), 0);
    cr_expect_geq(pty_rig_find(&watch, "interrupted pretrain"), 0, "then what is done and to do");
    cr_expect_eq(cli_rig_count("build/store/runs", "pretrain"), 0);
}

Test(progress_shown, is_watched_until_somebody_has_seen_enough)
{
    static PtyRun watch;
    train_for_ever();
    const pid_t process = cli_rig_start(RUN);
    wait_for_file("build/store/pretrain", "resume.safetensors");
    pty_rig_start(&watch, "status trial --scale mini --watch --json", 40, 80, unicode);
    cr_expect(pty_rig_wait_for(&watch, "\"event\":\"progress\""), "%s", watch.written);
    kill(watch.process, SIGINT);
    cr_expect_eq(pty_rig_end(&watch), 0);
    cr_expect_eq(kill(process, SIGTERM), 0, "the run goes on");
    cr_expect_eq(cli_rig_wait(process).status, 128 + SIGTERM);
}

Test(progress_shown, of_no_run_is_told_so)
{
    cli_rig_expect(cli_rig_run("status trial --scale mini --watch"), 0,
                   "trial at scale mini: no run is going on", NULL);
}

#endif
