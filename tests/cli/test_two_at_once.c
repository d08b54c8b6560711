/* Several processes on one store and one results folder. */
#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/file.h"
#include "cli_rig.h"
#include "random_spec.h"

#ifndef REPRISE_DOUBLE /* the command is the same in both builds */

enum { SEVERAL = 5 };

static const char SCALE[] = "experiments/scales/mini.json";
static const char RUN[] = "run trial --scale mini";

/* A store in which everything is done, and no results. */
static void begin(void)
{
    cli_rig_begin();
    cli_rig_edit(SCALE, "\"tokens\": 3000", "\"tokens\": 400");
    cli_rig_edit(SCALE, "[\"tiny-happy\", \"tiny-ending\"]", "[\"tiny-happy\"]");
    cli_rig_expect(cli_rig_run(RUN), 0, NULL);
    Error err = {0};
    cr_assert(file_remove_tree("results", &err), "%s", err.text);
}

TestSuite(two_at_once, .init = begin, .fini = cli_rig_end);

static size_t count(const char *folder)
{
    Error err = {0};
    Arena *arena = arena_create("count", &err);
    char **names;
    size_t n;
    cr_assert(file_list(&names, &n, folder, arena, &err), "%s", err.text);
    arena_destroy(arena);
    return n;
}

/* One version, whole, and nothing else: no lock, no half of another. */
static void expect_one_whole_version(size_t n_files)
{
    cr_expect_eq(count("results/trial/mini"), 1);
    cr_expect_eq(cli_rig_count("results", "result.json"), 1);
    cr_expect_eq(count("results/trial/mini/v001"), n_files);
    cli_rig_expect(cli_rig_run("compare trial --scale mini"), 0, NULL);
    cli_rig_expect(cli_rig_run("report recompute results/trial/mini/v001"), 0, NULL);
}

Test(two_at_once, one_writes_the_version_and_the_others_find_it)
{
    pid_t process[SEVERAL];
    int n_reproduced = 0;
    for (int i = 0; i < SEVERAL; i++) process[i] = cli_rig_start(RUN);
    for (int i = 0; i < SEVERAL; i++) {
        CliRun run = cli_rig_wait(process[i]);
        cli_rig_expect(run, 0, NULL);
        n_reproduced += strstr(run.out, "reproduces v001 bit for bit") != NULL;
    }
    cr_expect_eq(n_reproduced, SEVERAL - 1);
    size_t n_files = count("results/trial/mini/v001");
    cr_expect_geq(n_files, 8);
    expect_one_whole_version(n_files);
}

/* Killed at rising times, so in the middle of all that it writes, while another waits or begins. */
Test(two_at_once, a_writer_that_is_killed_leaves_nothing_in_the_way)
{
    Error err = {0};
    cli_rig_expect(cli_rig_run(RUN), 0, NULL);
    const size_t n_files = count("results/trial/mini/v001");
    for (int round = 0; round < 8; round++) {
        cr_assert(file_remove_tree("results", &err), "%s", err.text);
        pid_t killed = cli_rig_start(RUN);
        const struct timespec delay = {.tv_nsec = (20 + 45L * round) * 1000 * 1000};
        nanosleep(&delay, NULL);
        pid_t other = cli_rig_start(RUN);
        kill(killed, SIGKILL);
        cli_rig_wait(killed);
        cli_rig_expect(cli_rig_wait(other), 0, NULL);
        expect_one_whole_version(n_files);
    }
}

/* What reads is not disturbed by what writes. */
Test(two_at_once, readers_beside_a_writer_end_well)
{
    static const char *const readers[] = {"plan trial --scale mini",
                                          "status trial --scale mini",
                                          "explain trial --scale mini",
                                          "store list",
                                          "store clean",
                                          "report claims"};
    enum { N = sizeof readers / sizeof *readers };
    pid_t process[N];
    pid_t writer = cli_rig_start(RUN), second = cli_rig_start(RUN);
    for (int i = 0; i < N; i++) process[i] = cli_rig_start(readers[i]);
    for (int i = 0; i < N; i++) cli_rig_expect(cli_rig_wait(process[i]), 0, NULL);
    cli_rig_expect(cli_rig_wait(writer), 0, NULL);
    cli_rig_expect(cli_rig_wait(second), 0, NULL);
    expect_one_whole_version(count("results/trial/mini/v001"));
}

/* The same stages at once: one makes each, and the others wait for it. */
Test(two_at_once, an_empty_store_is_filled_once)
{
    Error err = {0};
    cr_assert(file_remove_tree("build/store", &err), "%s", err.text);
    pid_t process[SEVERAL];
    int n_pretrained = 0;
    for (int i = 0; i < SEVERAL; i++) process[i] = cli_rig_start(RUN);
    for (int i = 0; i < SEVERAL; i++) {
        CliRun run = cli_rig_wait(process[i]);
        cli_rig_expect(run, 0, NULL);
        n_pretrained += strstr(run.err, "pretrain: ") != NULL;
    }
    cr_expect_eq(n_pretrained, 1);
    expect_one_whole_version(count("results/trial/mini/v001"));
}

/* What reads and writes a version's own files, beside each other and beside runs that find it again. */
Test(two_at_once, a_version_is_drawn_and_recomputed_by_several_beside_runs)
{
    static const char *const words[] = {"report redraw results/trial/mini/v001",
                                        "report recompute results/trial/mini/v001", RUN};
    enum { N = 3 * sizeof words / sizeof *words };
    pid_t process[N];
    cli_rig_expect(cli_rig_run(RUN), 0, NULL);
    const size_t n_files = count("results/trial/mini/v001");
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < N; i++) process[i] = cli_rig_start(words[(i + round) % 3]);
        for (int i = 0; i < N; i++) cli_rig_expect(cli_rig_wait(process[i]), 0, NULL);
        expect_one_whole_version(n_files);
    }
}

/* Into one folder of downloads. */
Test(two_at_once, a_data_set_is_fetched_by_several)
{
    Error err = {0};
    pid_t process[SEVERAL];
    random_spec_write_data();
    for (int round = 0; round < 4; round++) {
        cr_assert(file_remove_tree("data", &err), "%s", err.text);
        for (int i = 0; i < SEVERAL; i++) process[i] = cli_rig_start("data fetch letter");
        for (int i = 0; i < SEVERAL; i++) cli_rig_expect(cli_rig_wait(process[i]), 0, NULL);
        cli_rig_expect(cli_rig_run("data check letter"), 0, NULL);
    }
}

#endif
