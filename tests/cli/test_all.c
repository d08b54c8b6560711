/* All experiments as one plan: what they share is run once, and each result is what it is alone. */
#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/rng.h"
#include "cli_rig.h"

#ifndef REPRISE_DOUBLE

static Arena *arena;
static Error err;

#define SCALE "experiments/scales/mini.json"
#define ALL   "run all --scale mini --threads 2 "

static void write_experiment(const char *name, const char *members)
{
    char *text =
        arena_format(arena, &err, "{\"format\": 1, \"title\": \"of several\", %s}", members);
    char *path = arena_format(arena, &err, "experiments/%s.json", name);
    cr_assert(text && path && file_write(path, text, strlen(text), &err), "%s", err.text);
}

/* `trial`, which is there, and three that share some of its stages; one chooses, two measure a language model. */
static void begin(void)
{
    cli_rig_begin();
    arena = arena_create("all", &err);
    cr_assert(arena, "%s", err.text);
    write_experiment("absent", "\"tasks\": [\"tiny-happy\"], \"variants\": {\"full\": {}, "
                               "\"scratch\": {\"pretrain\": null}}");
    write_experiment("choosing", "\"tasks\": [\"tiny-happy\"], \"select\": "
                                 "{\"finetune.learning_rate\": [0.0, 0.003]}");
    write_experiment("probing", "\"measure\": [\"zero-shot\", \"rate\"], \"probe\": "
                                "{\"rate_lengths\": [8, 16], \"rate_tokens\": 64}");
}

static void end(void)
{
    arena_destroy(arena);
    cli_rig_end();
}

TestSuite(all, .init = begin, .fini = end);

static const char *const names[] = {"absent", "choosing", "probing", "trial"};
enum { N_NAMES = sizeof names / sizeof *names };

static Json *parse(const char *text)
{
    Json *json = json_parse_text(text, strlen(text), "what was printed", arena, &err);
    cr_assert(json, "%s", err.text);
    return json;
}

static const char *result_path(const char *results, const char *name, const char *file)
{
    return arena_format(arena, &err, "%s/%s/mini/v001/%s", results, name, file);
}

static Json *result_of(const char *results, const char *name)
{
    Json *json = json_parse_file(result_path(results, name, "result.json"), arena, &err);
    cr_assert(json, "%s", err.text);
    return json;
}

static void expect_same_file(const char *a, const char *b)
{
    HashText x, y;
    cr_assert(hash_file(&x, a, &err) && hash_file(&y, b, &err), "%s", err.text);
    cr_expect_str_eq(x.text, y.text, "%s differs from %s", b, a);
}

static int64_t number(const Json *object, const char *group, const char *key)
{
    return json_int(json_get(json_get(object, group), key));
}

/* --- planning --------------------------------------------------------------------------------------- */

Test(all, stages_that_several_experiments_have_are_planned_once)
{
    int64_t sum = 0, most = 0, added = 0;
    for (int i = 0; i < N_NAMES; i++) {
        CliRun run =
            cli_rig_run(arena_format(arena, &err, "plan %s --scale mini --json", names[i]));
        int64_t n = (int64_t)json_size(json_get(parse(run.out), "stages"));
        sum += n;
        if (n > most) most = n;
    }
    const Json *all = parse(cli_rig_run("plan all --scale mini --json").out);
    const Json *rows = json_get(all, "experiments");
    cr_assert_eq(json_size(rows), N_NAMES);
    for (size_t i = 0; i < N_NAMES; i++) added += number(json_at(rows, i), "adds", "stages");
    int64_t n = (int64_t)json_size(json_get(all, "stages"));
    cr_expect(n > most && n < sum, "%lld of %lld", (long long)n, (long long)sum);
    cr_expect_eq(added, n);
    cr_expect_eq(number(json_at(rows, 0), "adds", "stages"),
                 number(json_at(rows, 0), "alone", "stages"));
}

/* Of each candidate's evaluation one half counts: which of the two is evaluated is not known. */
Test(all, plan_counts_what_one_of_the_candidates_will_take)
{
    Json *plan = parse(cli_rig_run("plan choosing --scale mini --json").out);
    const Json *stages = json_get(plan, "stages");
    double flops = 0;
    int n_waiting = 0;
    for (size_t i = 0; i < json_size(stages); i++) {
        const Json *stage = json_at(stages, i);
        const bool waits = strcmp(json_text(json_get(stage, "state")), "to do") != 0;
        flops += json_number(json_get(stage, "flops")) / (waits ? 2 : 1);
        n_waiting += waits;
    }
    cr_expect_eq(n_waiting, 2);
    cr_expect_float_eq(json_number(json_get(json_get(plan, "all"), "flops")), flops, 1e-6 * flops);
}

Test(all, the_plan_has_a_row_an_experiment_the_cheapest_first)
{
    CliRun run = cli_rig_run("plan all --scale mini");
    cr_assert_eq(run.status, 0, "%s", run.err);
    cr_expect(strstr(run.out, "4 experiments at scale mini"), "%s", run.out);
    const Json *rows =
        json_get(parse(cli_rig_run("plan all --scale mini --json").out), "experiments");
    for (size_t i = 0; i < N_NAMES; i++) {
        const Json *alone = json_get(json_at(rows, i), "alone");
        const char *name = json_text(json_get(json_at(rows, i), "experiment"));
        cr_expect(strstr(run.out, arena_format(arena, &err, "\n  %s ", name)), "%s", run.out);
        if (i > 0)
            cr_expect_geq(
                json_number(json_get(alone, "flops")),
                0.5 * json_number(json_get(json_get(json_at(rows, i - 1), "alone"), "flops")));
    }
}

Test(all, what_is_wrong_with_all_specs_is_told_at_once_and_nothing_is_run)
{
    write_experiment("wrong", "\"tasks\": [\"tiny-happy\"], \"finetune\": {\"epochs\": \"two\"}");
    write_experiment("wronger", "\"tasks\": [\"tiny-hapy\"]");
    cli_rig_expect(cli_rig_run(ALL), 2, "experiments/wrong.json: $.finetune.epochs", "tiny-hapy",
                   NULL);
    cr_expect_not(file_exists("build/store"));
}

Test(all, what_is_wrong_with_the_scale_is_told_once)
{
    CliRun run = cli_rig_run("plan all --scale mni");
    cli_rig_expect(run, 2, "experiments/scales/mni.json: no such scale", NULL);
    cr_expect_null(strstr(strstr(run.err, "no such scale") + 1, "no such scale"), "%s", run.err);
}

Test(all, an_experiment_that_the_scale_lacks_something_for_is_left_out)
{
    cli_rig_edit(SCALE, "\"zero_shot_tasks\": [\"tiny-happy\", \"tiny-ending\"],", "");
    CliRun run = cli_rig_run("plan all --scale mini");
    cli_rig_expect(run, 0, "probing is left out: experiments/probing.json: $.measure", NULL);
    cr_expect(strstr(run.out, "3 experiments at scale mini"), "%s", run.out);
    cli_rig_expect(cli_rig_run("plan probing --scale mini"), 2, "has no zero_shot_tasks", NULL);
}

Test(all, no_experiment_has_the_name_that_stands_for_all)
{
    write_experiment("all", "\"tasks\": [\"tiny-happy\"]");
    cli_rig_expect(cli_rig_run("plan all --scale mini"), 2,
                   "experiments/all.json: 'all' is no name of an experiment", NULL);
    cli_rig_expect(cli_rig_run("explain all --scale mini"), 2, "it stands for all of them", NULL);
}

/* --- running ---------------------------------------------------------------------------------------- */

static void expect_same_result(const char *name, const char *together, const char *alone)
{
    static const char *const same[] = {"experiment", "numbers", "models", NULL};
    static const char *const traced[] = {"data", "stages", "tokens", "flops", NULL};
    const Json *a = result_of(together, name), *b = result_of(alone, name);
    for (int i = 0; same[i]; i++)
        cr_expect(json_same(json_get(a, same[i]), json_get(b, same[i])), "%s: %s", name, same[i]);
    for (int i = 0; traced[i]; i++)
        cr_expect(json_same(json_get(json_get(a, "provenance"), traced[i]),
                            json_get(json_get(b, "provenance"), traced[i])),
                  "%s: provenance.%s", name, traced[i]);
    if (!strcmp(name, "probing")) return; /* its files have rates */
    static const char *const files[] = {"runs.csv", "curves.csv", "evidence.json", "table.md",
                                        "table.tex"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        expect_same_file(result_path(together, name, files[i]), result_path(alone, name, files[i]));
}

static void expect_results_as_alone(const char *together)
{
    for (int i = 0; i < N_NAMES; i++) {
        CliRun run = cli_rig_run(arena_format(
            arena, &err, "run %s --scale mini --threads 2 --store alone-%s --results alone",
            names[i], names[i]));
        cr_assert_eq(run.status, 0, "%s", run.err);
        expect_same_result(names[i], together, "alone");
    }
}

Test(all, each_result_is_what_it_is_alone)
{
    CliRun run = cli_rig_run(ALL "--results one"),
           jobs = cli_rig_run(ALL "--jobs 2 --store two --results two");
    cr_assert_eq(run.status, 0, "%s", run.err);
    cr_assert_eq(jobs.status, 0, "%s", jobs.err);
    for (int i = 0; i < N_NAMES; i++)
        cr_expect(strstr(run.out, arena_format(arena, &err, "\n  %-24s written: v001\n", names[i])),
                  "%s", run.out);
    expect_results_as_alone("one");
    for (int i = 0; i < N_NAMES; i++) expect_same_result(names[i], "two", "alone");
}

Test(all, run_again_it_runs_nothing_and_reproduces_every_result)
{
    cr_assert_eq(cli_rig_run(ALL).status, 0);
    CliRun again = cli_rig_run(ALL "--jobs 2");
    cli_rig_expect(again, 0, " 0 to do", NULL);
    for (int i = 0; i < N_NAMES; i++)
        cr_expect(
            strstr(again.out, arena_format(arena, &err, "\n  %-24s reproduces v001\n", names[i])),
            "%s", again.out);
}

static void sleep_ms(long ms)
{
    const struct timespec time = {ms / 1000, ms % 1000 * 1000000};
    nanosleep(&time, NULL);
}

/* One experiment would take hours: the others' results are there long before. */
Test(all, results_are_written_as_soon_as_their_stages_are_done)
{
    write_experiment("endless",
                     "\"tasks\": [\"tiny-happy\"], \"pretrain\": {\"tokens\": 300000000}");
    for (int jobs = 1; jobs <= 2; jobs++) {
        char *words =
            arena_format(arena, &err, ALL "--jobs %d --store s%d --results r%d", jobs, jobs, jobs);
        char *results = arena_format(arena, &err, "r%d", jobs);
        pid_t process = cli_rig_start(words);
        for (int i = 0; i < 4000 && cli_rig_count(results, "README.md") < N_NAMES; i++) sleep_ms(5);
        kill(process, SIGINT);
        CliRun stopped = cli_rig_wait(process);
        cli_rig_expect(stopped, 128 + SIGINT, "interrupted: stopped as asked", NULL);
        cr_expect_eq(cli_rig_count(results, "README.md"), N_NAMES, "%s", stopped.out);
        cr_expect(strstr(stopped.out, "\n  endless                  missing: "), "%s", stopped.out);
    }
}

Test(all, killed_at_random_moments_it_ends_in_what_each_is_alone)
{
    enum { KILLS = 8 };
    double begun = clock_seconds();
    cr_assert_eq(cli_rig_run(ALL "--jobs 2 --store whole --results whole").status, 0);
    long whole_ms = (long)(1e3 * (clock_seconds() - begun));
    int n_killed = 0;
    for (int i = 0; i < KILLS; i++) {
        pid_t process = cli_rig_start(ALL "--jobs 2 --store killed --results killed");
        sleep_ms(whole_ms * (i + (long)rng_below(rng_key(3, RNG_TEST, 0), (uint64_t)i, 3)) /
                 (3 * KILLS));
        kill(process, SIGKILL);
        n_killed += cli_rig_wait(process).status == -SIGKILL;
    }
    cr_expect_gt(n_killed, 0);
    cr_assert_eq(cli_rig_run(ALL "--jobs 2 --store killed --results killed").status, 0);
    for (int i = 0; i < N_NAMES; i++) expect_same_result(names[i], "killed", "whole");
}

/* --- what goes wrong -------------------------------------------------------------------------------- */

/* Where the only stage of this kind and title is to be written stands something else. */
static void put_in_the_way(const char *experiment, const char *kind, const char *words,
                           const char *store)
{
    const Json *stages = json_get(
        parse(
            cli_rig_run(arena_format(arena, &err, "plan %s --scale mini --json", experiment)).out),
        "stages");
    for (size_t i = 0; i < json_size(stages); i++) {
        const Json *stage = json_at(stages, i);
        if (strcmp(json_text(json_get(stage, "stage")), kind) != 0 ||
            !strstr(json_text(json_get(stage, "title")), words))
            continue;
        char *path = arena_format(arena, &err, "%s/%s/%s.part", store, kind,
                                  json_text(json_get(stage, "key")));
        cr_assert(path && file_write(path, "in the way", 10, &err), "%s", err.text);
        return;
    }
    cr_assert_fail("no stage %s with '%s'", kind, words);
}

Test(all, a_stage_that_fails_ends_what_needs_it_and_the_rest_goes_on)
{
    for (int jobs = 1; jobs <= 2; jobs++) {
        char *store = arena_format(arena, &err, "s%d", jobs);
        put_in_the_way("absent", "finetune", "scratch", store);
        CliRun run = cli_rig_run(
            arena_format(arena, &err, ALL "--jobs %d --store %s --results r%d", jobs, store, jobs));
        cli_rig_expect(run, 1, "while stage finetune (tiny-happy, scratch, seed 1)",
                       "what does not need it goes on", NULL);
        cr_expect(strstr(run.out, "\n  absent                   missing: "), "%s", run.out);
        for (int i = 1; i < N_NAMES; i++)
            cr_expect(
                strstr(run.out, arena_format(arena, &err, "\n  %-24s written: v001\n", names[i])),
                "%s", run.out);
    }
}

Test(all, a_stage_that_all_need_ends_the_run_and_is_told_once)
{
    put_in_the_way("trial", "tokenizer", "", "store");
    CliRun run = cli_rig_run(ALL "--store store");
    cli_rig_expect(run, 1, "while stage tokenizer", NULL);
    const char *first = strstr(run.err, "while stage");
    cr_expect(first && !strstr(first + 1, "while stage"), "%s", run.err);
    for (int i = 0; i < N_NAMES; i++)
        cr_expect(strstr(run.out, arena_format(arena, &err, "\n  %-24s missing: ", names[i])), "%s",
                  run.out);
}

/* --- looking ---------------------------------------------------------------------------------------- */

Test(all, status_says_how_far_each_is)
{
    cr_assert_eq(cli_rig_run("run absent --scale mini").status, 0);
    CliRun run = cli_rig_run("status all --scale mini");
    cr_assert_eq(run.status, 0, "%s", run.err);
    cr_expect(strstr(run.out, "\n  absent                   8 of 8 stages done\n"), "%s", run.out);
    cr_expect(strstr(run.out, "\n  trial                    6 of 8 stages done\n"), "%s", run.out);
    const Json *rows =
        json_get(parse(cli_rig_run("status all --scale mini --json").out), "experiments");
    cr_assert_eq(json_size(rows), N_NAMES);
    for (size_t i = 0; i < N_NAMES; i++)
        if (!strcmp(json_text(json_get(json_at(rows, i), "experiment")), "trial"))
            cr_expect_eq(json_int(json_get(json_at(rows, i), "done")), 6);
}

Test(all, compare_holds_each_against_its_own)
{
    cli_rig_expect(cli_rig_run("compare all --scale mini --threads 2"), 1,
                   "no experiment has a committed version at scale mini", NULL);
    cr_assert_eq(cli_rig_run("run absent --scale mini").status, 0);
    CliRun one = cli_rig_run("compare all --scale mini --threads 2");
    cli_rig_expect(one, 0, NULL);
    cr_expect(strstr(one.out, "- **A**: absent at scale mini, v001 ("), "%s", one.out);
    cr_expect(strstr(one.out, "trial at scale mini: no committed version\n"), "%s", one.out);
    cr_assert_eq(cli_rig_run(ALL).status, 0);
    cli_rig_expect(cli_rig_run("compare all --scale mini --threads 2"), 0, NULL);
}

Test(all, compare_fails_where_one_is_worse_or_not_done_and_tells_of_all)
{
    cr_assert_eq(cli_rig_run(ALL).status, 0);
    cli_rig_edit("experiments/trial.json", "\"tasks\": \"all\"",
                 "\"tasks\": \"all\", \"finetune\": {\"epochs\": 3}");
    cli_rig_edit("experiments/absent.json", "\"tasks\"", "\"seeds\": 2, \"tasks\"");
    CliRun run = cli_rig_run("compare all --scale mini --threads 2");
    cli_rig_expect(run, 1, "stages of 'trial' are to do", "stages of 'absent' are to do", NULL);
    cr_expect(strstr(run.out, "- **A**: choosing at scale mini, v001 ("), "%s", run.out);
}

#endif
