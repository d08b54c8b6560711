/* A whole run that is interrupted, killed at random moments or runs into a full disk, and is
 * then run again, ends in the same bits as one that was left alone. */
#include <criterion/criterion.h>
#include <signal.h>
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
    cr_expect_eq(n, n_others, "%s has %zu entries, %s %zu", a, n, b, n_others);
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

/* Waits until a stage of this kind has a resume point, so that the signal finds it in the
 * middle. */
static void wait_for_resume_point(const char *folder)
{
    for (int i = 0; i < 2000 && cli_rig_count(folder, "resume.safetensors") == 0; i++) sleep_ms(5);
    cr_assert_gt(cli_rig_count(folder, "resume.safetensors"), 0, "no resume point in 10 s");
}

Test(interruptions, ctrl_c_is_status_1_keeps_what_is_done_and_goes_on_in_the_same_bits)
{
    make_arena();
    finish(RUN "whole");
    pid_t process = cli_rig_start(RUN "stopped");
    wait_for_resume_point("stopped/pretrain");
    kill(process, SIGINT);
    cli_rig_expect(cli_rig_wait(process), 1, "interrupted: stopped as asked",
                   "try: the same command again, to go on from there", NULL);
    cr_expect_eq(cli_rig_count("stopped/tokens", "stage.json"), 1);
    finish(RUN "stopped");
    expect_same_tree("whole", "stopped");
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

Test(interruptions, a_second_process_leaves_a_running_stage_alone)
{
    cli_rig_edit(SCALE, "\"tokens\": 3000", "\"tokens\": 300000000");
    pid_t first = cli_rig_start(RUN "store");
    wait_for_resume_point("store/pretrain");
    CliRun second = cli_rig_run(RUN "store");
    CliRun cleaning = cli_rig_run("store clean --store store");
    int n_left = cli_rig_count("store/pretrain", "resume.safetensors");
    kill(first, SIGKILL);
    cli_rig_wait(first);
    cli_rig_expect(second, 1, "stage pretrain (gpt on tiny-books) is being run by another process",
                   "try: wait for it", NULL);
    cli_rig_expect(cleaning, 0, "left alone, because another process is running it", NULL);
    cr_expect_eq(n_left, 1);
}

#endif
