/* A whole run that is interrupted, killed at random moments or runs into a full disk, and is
 * then run again, ends in the same bits as one that was left alone. */
#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/rng.h"
#include "cli_rig.h"

#ifndef REPRISE_DOUBLE

TestSuite(interruptions, .init = cli_rig_begin, .fini = cli_rig_end);

#define SCALE "experiments/scales/mini.json"
#define RUN   "run trial --scale mini --threads 1 --store "
#define JOBS  "run trial --scale mini --threads 2 --jobs 2 --store "

static Arena *arena;
static Error err;

static void make_arena(void)
{
    arena = arena_create("interruptions", &err);
    cr_assert(arena, "%s", err.text);
}

static const char *in(const char *folder, const char *name)
{
    return file_join(arena, folder, name, &err);
}

static void expect_same_file(const char *a, const char *b)
{
    HashText x, y;
    cr_assert(hash_file(&x, a, &err) && hash_file(&y, b, &err), "%s", err.text);
    cr_expect_str_eq(x.text, y.text, "%s differs from %s", b, a);
}

/* Every file but those that say when and how fast. */
static void expect_same_tree(const char *a, const char *b)
{
    char **names, **others;
    size_t n, n_others;
    cr_assert(file_list(&names, &n, a, arena, &err) &&
                  file_list(&others, &n_others, b, arena, &err),
              "%s", err.text);
    cr_expect_eq(n, n_others, "%s has %zu entries, %s %zu: the last of them '%s' and '%s'", a, n, b,
                 n_others, n ? names[n - 1] : "", n_others ? others[n_others - 1] : "");
    for (size_t i = 0; i < n; i++) {
        if (file_is_folder(in(a, names[i]))) expect_same_tree(in(a, names[i]), in(b, names[i]));
        else if (strcmp(names[i], "stage.json") != 0 && strcmp(names[i], "pretrain.json") != 0 &&
                 strcmp(names[i], "finetune.json") != 0)
            expect_same_file(in(a, names[i]), in(b, names[i]));
    }
}

static void finish(const char *words)
{
    CliRun run = cli_rig_run(words);
    cr_assert_eq(run.status, 0, "%s", run.err);
}

static void sleep_ms(long ms)
{
    const struct timespec time = {ms / 1000, ms % 1000 * 1000000};
    nanosleep(&time, NULL);
}

/* Pre-training that lasts longer than it takes to see it under way and to stop it. */
static void train_longer(void)
{
    cli_rig_edit(SCALE, "\"tokens\": 3000", "\"tokens\": 60000");
}

/* Waits until a stage of this kind has a resume point, so that the signal finds it in the
 * middle. */
static void wait_for_resume_point(const char *folder)
{
    for (int i = 0; i < 2000 && cli_rig_count(folder, "resume.safetensors") == 0; i++) sleep_ms(5);
    cr_assert_gt(cli_rig_count(folder, "resume.safetensors"), 0, "no resume point in 10 s");
}

Test(interruptions, ctrl_c_is_status_130_keeps_what_is_done_and_goes_on_in_the_same_bits)
{
    make_arena();
    train_longer();
    finish(RUN "whole");
    pid_t process = cli_rig_start(RUN "stopped");
    wait_for_resume_point("stopped/pretrain");
    kill(process, SIGINT);
    cli_rig_expect(cli_rig_wait(process), 128 + SIGINT, "interrupted: stopped as asked",
                   "try: the same command again, to go on from there", NULL);
    cr_expect_eq(cli_rig_count("stopped/tokens", "stage.json"), 1);
    finish(RUN "stopped");
    expect_same_tree("whole", "stopped");
    arena_destroy(arena);
}

static void expect_stopped_by(int signal_number, const char *store, const char *words)
{
    pid_t process = cli_rig_start(words);
    wait_for_resume_point(store);
    kill(process, signal_number);
    cli_rig_expect(cli_rig_wait(process), 128 + signal_number, "interrupted: stopped as asked",
                   NULL);
    cr_expect_eq(cli_rig_count(store, "resume.safetensors"), 1);
}

Test(interruptions, other_signals_that_ask_to_end_are_told_apart_by_the_status)
{
    make_arena();
    train_longer();
    expect_stopped_by(SIGTERM, "terminated/pretrain", RUN "terminated");
    expect_stopped_by(SIGHUP, "hung-up/pretrain", JOBS "hung-up");
    arena_destroy(arena);
}

Test(interruptions, a_hang_up_that_is_ignored_from_outside_stops_nothing)
{
    make_arena();
    train_longer();
    cli_rig_hang_up = SIG_IGN; /* as nohup does */
    pid_t process = cli_rig_start(RUN "nohup");
    wait_for_resume_point("nohup/pretrain");
    kill(process, SIGHUP);
    cr_expect_eq(cli_rig_wait(process).status, 0);
    cli_rig_hang_up = SIG_DFL;
    arena_destroy(arena);
}

Test(interruptions, killed_at_random_moments_it_goes_on_in_the_same_bits)
{
    enum { KILLS = 10 };
    make_arena();
    double begun = clock_seconds();
    finish(RUN "whole");
    long whole_ms = (long)(1e3 * (clock_seconds() - begun));
    int n_killed = 0;
    for (int i = 0; i < KILLS; i++) { /* each gets a little further than the one before */
        pid_t process = cli_rig_start(RUN "killed");
        sleep_ms(whole_ms * (i + (long)rng_below(rng_key(1, RNG_TEST, 0), (uint64_t)i, 3)) /
                 (3 * KILLS));
        kill(process, SIGKILL);
        n_killed += cli_rig_wait(process).status == -SIGKILL;
    }
    finish(RUN "killed");
    cr_expect_gt(n_killed, 0);
    expect_same_tree("whole", "killed");
    arena_destroy(arena);
}

Test(interruptions, a_full_disk_is_told_loses_nothing_and_goes_on_in_the_same_bits)
{
    make_arena();
    finish(RUN "whole");
    cli_rig_limit_file(40000); /* tokens fit, the resume point does not */
    cli_rig_expect(cli_rig_run(RUN "full"), 1, "safetensors: cannot be written: File too large",
                   "while stage pretrain (gpt on tiny-books)",
                   "try: raise the limit on file sizes (ulimit -f)", NULL);
    cr_expect_eq(cli_rig_count("full/tokens", "stage.json"), 1);
    cli_rig_limit_file(0);
    finish(RUN "full");
    expect_same_tree("whole", "full");
    arena_destroy(arena);
}

/* A process that was just started could not yet be asked to stop. Ten seconds at most. */
static void wait_until_said(pid_t process, const char *words)
{
    const struct timespec turn = {.tv_nsec = 50 * 1000 * 1000};
    char path[64], said[4096];
    snprintf(path, sizeof path, "err-%ld", (long)process);
    for (int i = 0; i < 200; i++) {
        FILE *file = fopen(path, "r");
        size_t n = file ? fread(said, 1, sizeof said - 1, file) : 0;
        if (file) (void)fclose(file);
        said[n] = '\0';
        if (strstr(said, words)) return;
        nanosleep(&turn, NULL);
    }
}

Test(interruptions, a_second_process_waits_for_a_running_stage_until_it_is_asked_to_stop)
{
    cli_rig_edit(SCALE, "\"tokens\": 3000", "\"tokens\": 300000000");
    pid_t first = cli_rig_start(RUN "store");
    wait_for_resume_point("store/pretrain");
    pid_t second = cli_rig_start(RUN "store");
    CliRun cleaning = cli_rig_run("store clean --store store");
    int n_left = cli_rig_count("store/pretrain", "resume.safetensors");
    wait_until_said(second, "waiting for ");
    kill(second, SIGTERM);
    CliRun stopped = cli_rig_wait(second);
    kill(first, SIGKILL);
    cli_rig_wait(first);
    cli_rig_expect(stopped, 128 + SIGTERM, "interrupted: stopped as asked", NULL);
    cli_rig_expect(cleaning, 0, "left alone, because another process is running it", NULL);
    cr_expect_eq(n_left, 1);
}

/* --- shared out over processes ---------------------------------------------------------------- */

/* Processes that this one has started: their numbers, parted by spaces. */
static const char *children_of(pid_t process)
{
    char *bytes, *path = arena_format(arena, &err, "/proc/%d/task/%d/children", process, process);
    FILE *file = fopen(path, "r");
    cr_assert(file, "%s", path);
    bytes = arena_alloc(arena, 1, 256, &err);
    size_t n = fread(bytes, 1, 255, file);
    (void)fclose(file);
    bytes[n] = '\0';
    return bytes;
}

static void expect_ended(const char *processes)
{
    char *rest = arena_text(arena, processes, &err);
    for (char *word; (word = strtok_r(rest, " ", &rest));) {
        pid_t process = (pid_t)strtol(word, NULL, 10);
        for (int i = 0; i < 2000 && kill(process, 0) == 0; i++) sleep_ms(5);
        cr_expect_neq(kill(process, 0), 0, "process %s goes on", word);
    }
}

Test(interruptions, ctrl_c_stops_all_processes_of_a_run_and_it_goes_on_in_the_same_bits)
{
    make_arena();
    train_longer();
    finish(RUN "whole");
    pid_t process = cli_rig_start(JOBS "stopped");
    wait_for_resume_point("stopped/pretrain");
    const char *workers = children_of(process);
    kill(process, SIGINT);
    CliRun stopped = cli_rig_wait(process);
    cli_rig_expect(stopped, 128 + SIGINT, "interrupted: stopped as asked", NULL);
    cr_expect_eq(cli_rig_count("stopped/pretrain", "resume.safetensors"), 1);
    expect_ended(workers);
    finish(JOBS "stopped");
    expect_same_tree("whole", "stopped");
    arena_destroy(arena);
}

Test(interruptions, killed_at_random_moments_a_shared_run_leaves_no_process_and_the_same_bits)
{
    enum { KILLS = 6 };
    make_arena();
    double begun = clock_seconds();
    finish(RUN "whole");
    long whole_ms = (long)(1e3 * (clock_seconds() - begun));
    for (int i = 0; i < KILLS; i++) {
        pid_t process = cli_rig_start(JOBS "killed");
        sleep_ms(whole_ms * (i + (long)rng_below(rng_key(2, RNG_TEST, 0), (uint64_t)i, 3)) /
                 (3 * KILLS));
        const char *workers = children_of(process);
        kill(process, SIGKILL);
        cli_rig_wait(process);
        expect_ended(workers);
    }
    finish(JOBS "killed");
    expect_same_tree("whole", "killed");
    arena_destroy(arena);
}

Test(interruptions, a_killed_worker_ends_the_run_with_its_stage_and_loses_nothing)
{
    make_arena();
    finish(RUN "whole");
    cli_rig_edit(SCALE, "\"tokens\": 3000", "\"tokens\": 300000000");
    pid_t process = cli_rig_start(JOBS "killed");
    wait_for_resume_point("killed/pretrain");
    const char *workers = children_of(process);
    char *rest = arena_text(arena, workers, &err), *word;
    while ((word = strtok_r(rest, " ", &rest))) kill((pid_t)strtol(word, NULL, 10), SIGKILL);
    cli_rig_expect(cli_rig_wait(process), 1, "was ended by signal 9 (Killed)",
                   "try: the same command again, to go on from there", NULL);
    cli_rig_edit(SCALE, "\"tokens\": 300000000", "\"tokens\": 3000");
    finish(JOBS "killed");
    cr_assert(file_remove_tree("killed/pretrain", &err) &&
              file_remove_tree("whole/pretrain", &err));
    expect_same_tree("whole", "killed");
    arena_destroy(arena);
}

Test(interruptions, jobs_make_the_same_result)
{
    make_arena();
    finish(RUN "one --results results-one");
    finish(JOBS "two --results results-two");
    expect_same_file("results-one/trial/mini/v001/runs.csv",
                     "results-two/trial/mini/v001/runs.csv");
    expect_same_file("results-one/trial/mini/v001/curves.csv",
                     "results-two/trial/mini/v001/curves.csv");
    expect_same_file("results-one/trial/mini/v001/table.md",
                     "results-two/trial/mini/v001/table.md");
    CliRun again = cli_rig_run(JOBS "two --results results-one");
    cr_expect(strstr(again.out, "reproduces v001 bit for bit"), "%s", again.out);
    arena_destroy(arena);
}

#endif
