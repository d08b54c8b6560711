/* Stages on disk: damaged, interrupted, left over, run by two processes at once. */
#include <criterion/criterion.h>
#include <string.h>
#include <time.h>

#include "../scratch_folder.h"
#include "base/file.h"
#include "base/interrupt.h"
#include "base/parallel.h"
#include "base/process.h"
#include "experiment/outcome.h"
#include "plan/stage_record.h"
#include "plan/stage_run.h"
#include "plan/stage_status.h"
#include "plan/store.h"
#include "../plan_rig.h"

TestSuite(stage, .init = plan_rig_begin, .fini = plan_rig_end);

static Error err;

static Plan run_short(void)
{
    Plan plan = plan_rig_build(PLAN_RIG_SHORT);
    plan_rig_run(&plan);
    return plan;
}

static char *in_folder(const char *folder, const char *name)
{
    return file_join(plan_rig_arena(), folder, name, &err);
}

/* --- damaged ---------------------------------------------------------------------------------- */

/* The run names what is damaged, sets the stage aside, and makes it and nothing else again. */
static void expect_made_again(const char *what, const Stage *stage)
{
    Plan plan = plan_rig_build(PLAN_RIG_SHORT);
    cr_expect_str_eq(plan_rig_run(&plan), stage->kind->name, "%s", what);
    const char *warnings = plan_rig_warnings();
    cr_expect(strstr(warnings, what) && strstr(warnings, "is damaged: set aside as "), "%s: %s",
              what, warnings);
    cr_expect(file_is_folder(arena_format(plan_rig_arena(), &err, "%s.damaged", stage->folder)));
    plan = plan_rig_build(PLAN_RIG_SHORT);
    cr_expect_str_eq(plan_rig_run(&plan), "", "%s: and then it is whole", what);
}

static void flip_a_byte(const char *path, Arena *arena)
{
    char *bytes;
    size_t size;
    cr_assert(file_read(&bytes, &size, path, arena, &err) && size > 0, "%s", err.text);
    bytes[size / 2] ^= 4;
    cr_assert(file_write(path, bytes, size, &err), "%s", err.text);
}

/* Weights, token files, vocabularies, scores, curves, samples: whatever a stage leaves. */
Test(stage, one_flipped_bit_in_any_file_of_any_stage_is_found_and_named)
{
    Plan plan = run_short();
    int n_files = 0;
    for (int i = 0; i < plan.graph.n; i++) {
        const Stage *stage = plan.graph.stages[i];
        char **names;
        size_t n;
        cr_assert(file_list(&names, &n, stage->folder, plan_rig_arena(), &err), "%s", err.text);
        for (size_t k = 0; k < n; k++) {
            if (!strcmp(names[k], "stage.json")) continue;
            flip_a_byte(in_folder(stage->folder, names[k]), plan_rig_arena());
            expect_made_again(
                arena_format(plan_rig_arena(), &err, "/%s: is not what was written", names[k]),
                stage);
            n_files++;
        }
    }
    cr_expect_geq(n_files, 15);
}

Test(stage, a_finished_stage_without_one_of_its_files_is_made_again)
{
    Plan plan = run_short();
    const Stage *pretrain = plan_rig_stage(&plan, "pretrain");
    cr_assert(file_remove_tree(in_folder(pretrain->folder, "weights.safetensors"), &err));
    expect_made_again("weights.safetensors: is missing", pretrain);
}

/* A disk that fails for a moment costs nobody a training. */
Test(stage, what_cannot_be_read_just_now_is_not_damaged)
{
    Plan plan = run_short();
    const Stage *pretrain = plan_rig_stage(&plan, "pretrain");
    int n_failed = 0;
    for (bool failed = true; failed; n_failed += failed) {
        Error damage = {0}, reason = {0};
        file_fail_at(n_failed + 1);
        failed = !stage_record_check(&damage, pretrain->folder, pretrain->key.text,
                                     plan_rig_arena(), &reason);
        file_fail_at(0);
        cr_expect_eq(damage.n_errors, 0, "%s", damage.text);
        cr_assert_leq(n_failed, 1000);
    }
    cr_expect_geq(n_failed, 4, "the record and every file is read");
}

Test(stage, a_finished_stage_with_a_shortened_file_is_made_again)
{
    Plan plan = run_short();
    const Stage *pretrain = plan_rig_stage(&plan, "pretrain");
    cr_assert(file_write(in_folder(pretrain->folder, "curve.csv"), "update\n", 7, &err));
    expect_made_again("curve.csv: has 7 bytes, not the ", pretrain);
}

Test(stage, a_damaged_record_is_no_record)
{
    static const char *const texts[] = {"", "{}", "[1]", "{\"made_from\": {}, \"files\": {}}",
                                        "{\"made_from\": {}, \"files\": 3}"};
    Plan plan = run_short();
    const Stage *pretrain = plan_rig_stage(&plan, "pretrain");
    char *record = in_folder(pretrain->folder, "stage.json");
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        cr_assert(file_write(record, texts[i], strlen(texts[i]), &err));
        expect_made_again("stage.json:", pretrain);
    }
    cr_assert(file_remove_tree(record, &err));
    expect_made_again("stage.json: is missing", pretrain);
}

/* Records from before hashes were kept: name and size. */
Test(stage, a_record_of_sizes_is_held_to_them)
{
    Plan plan = run_short();
    const Stage *sample = plan_rig_stage(&plan, "sample");
    char *path = in_folder(sample->folder, "stage.json");
    Json *record = json_parse_file(path, plan_rig_arena(), &err),
         *files = json_get(record, "files");
    for (size_t i = 0; i < json_size(files); i++) {
        const char *name;
        Json *file;
        json_member(files, i, &name, &file);
        cr_assert(json_set(files, name, json_get(file, "bytes"), &err));
    }
    cr_assert(json_write_file(path, record, plan_rig_arena(), &err));
    plan = plan_rig_build(PLAN_RIG_SHORT);
    cr_expect_str_eq(plan_rig_run(&plan), "");
    cr_assert(file_write(in_folder(sample->folder, "sample.txt"), "", 0, &err));
    expect_made_again("sample.txt: has 0 bytes", sample);
}

/* --- interrupted ------------------------------------------------------------------------------ */

Test(stage, half_written_files_of_a_killed_process_do_not_stay)
{
    Plan plan = plan_rig_build(PLAN_RIG_SHORT);
    Stage *pretrain = plan_rig_stage(&plan, "pretrain");
    char *part = arena_format(plan_rig_arena(), &err, "%s.part", pretrain->folder);
    cr_assert(file_write(in_folder(part, "resume.safetensors.tmp-123"), "half", 4, &err));
    plan_rig_run(&plan);
    cr_expect_not(file_exists(part));
    cr_expect_not(file_exists(in_folder(pretrain->folder, "resume.safetensors.tmp-123")));
    cr_expect(file_exists(in_folder(pretrain->folder, "weights.safetensors")));
}

Test(stage, no_locks_and_no_resume_points_stay_in_the_store)
{
    Plan plan = run_short();
    for (int i = 0; i < plan.graph.n; i++) {
        char *lock = arena_format(plan_rig_arena(), &err, "%s.lock", plan.graph.stages[i]->folder);
        cr_expect_not(file_exists(lock));
        cr_expect_not(file_exists(in_folder(plan.graph.stages[i]->folder, "resume.safetensors")));
    }
}

Test(stage, asked_to_stop_it_stops_and_keeps_what_is_finished)
{
    Plan plan = run_short();
    plan = plan_rig_build(PLAN_RIG_SHORT ", \"seeds\": 2");
    interrupt_request();
    cr_expect_not(plan_rig_go(&plan, 1, &err));
    cr_expect_eq(err.kind, ERROR_INTERRUPTED);
    cr_expect(strstr(err.text, "everything finished so far was kept"), "%s", err.text);
    interrupt_forget(); /* planning asks as well */
    plan = plan_rig_build(PLAN_RIG_SHORT);
    for (int i = 0; i < plan.graph.n; i++) cr_expect(plan.graph.stages[i]->done);
}

/* Between the last rename of a stage and the end of its lock there is time to be killed. */
Test(stage, a_lock_that_a_killed_process_left_goes_and_one_that_is_held_stays)
{
    Plan plan = plan_rig_build(PLAN_RIG_SHORT);
    const Stage *left = plan_rig_stage(&plan, "finetune"),
                *held = plan_rig_stage(&plan, "pretrain");
    plan_rig_run(&plan);
    char *lock = arena_format(plan_rig_arena(), &err, "%s.lock", left->folder);
    cr_assert(file_write(lock, "process 1", 9, &err), "%s", err.text);
    bool ours;
    cr_assert(stage_lock(&ours, held->folder, plan_rig_arena(), &err) && ours, "%s", err.text);
    plan = plan_rig_build(PLAN_RIG_SHORT);
    cr_expect_str_eq(plan_rig_run(&plan), "");
    cr_expect_not(file_exists(lock));
    cr_expect(file_exists(arena_format(plan_rig_arena(), &err, "%s.lock", held->folder)));
    cr_expect(stage_unlock(held->folder, plan_rig_arena(), &err));
}

/* Holds the lock for a while, as a process does that was asked to stop and saves what it can. */
static void hold_lock(int socket, void *context)
{
    Error unused = {0};
    Arena *own = arena_create("another process", &unused);
    const Stage *stage = context;
    const struct timespec while_it_saves = {.tv_nsec = 300 * 1000 * 1000};
    bool held = false;
    if (!own || !stage_lock(&held, stage->folder, own, &unused) || !held) return;
    if (process_send(socket, "held", 4)) nanosleep(&while_it_saves, NULL);
}

static void hold_for_a_while(Stage *stage)
{
    static ProcessGroup group;
    char held[4];
    size_t size;
    cr_assert(process_start(&group, hold_lock, stage, &err), "%s", err.text);
    cr_assert(process_receive(group.item[0].socket, held, sizeof held, &size));
}

Test(stage, a_stage_that_another_process_runs_is_waited_for)
{
    Plan plan = plan_rig_build(PLAN_RIG_SHORT);
    hold_for_a_while(plan_rig_stage(&plan, "tokenizer"));
    cr_expect_str_eq(plan_rig_run(&plan), "tokenizer tokens pretrain sample finetune evaluate");
}

static StageStatus status_of(const Stage *stage)
{
    StageStatus status;
    cr_assert(stage_status(&status, stage, &err), "%s", err.text);
    return status;
}

Test(stage, its_status_is_told_whoever_runs_it)
{
    Plan plan = plan_rig_build(PLAN_RIG_SHORT);
    Stage *pretrain = plan_rig_stage(&plan, "pretrain");
    cr_expect_str_eq(status_of(pretrain).word, "to do");
    hold_for_a_while(pretrain);
    StageStatus running = status_of(pretrain);
    cr_expect_str_eq(running.word, "running");
    cr_expect_geq(running.running_seconds, 0);
    cr_expect_lt(running.saved_seconds, 0);
}

Test(stage, an_interrupted_one_says_where_it_goes_on_from)
{
    Plan plan = plan_rig_build(PLAN_RIG_SHORT);
    Stage *pretrain = plan_rig_stage(&plan, "pretrain");
    char *part = arena_format(plan_rig_arena(), &err, "%s.part", pretrain->folder);
    cr_assert(file_write(in_folder(part, "resume.safetensors"), "half", 4, &err));
    StageStatus status = status_of(pretrain);
    cr_expect_str_eq(status.word, "interrupted");
    cr_expect_geq(status.saved_seconds, 0);
    cr_expect_lt(status.saved_seconds, 60);
    cr_expect_lt(status.running_seconds, 0);
}

static double recorded_seconds(const Stage *stage)
{
    Json *record = json_parse_file(in_folder(stage->folder, "stage.json"), plan_rig_arena(), &err);
    cr_assert(record, "%s", err.text);
    cr_expect_null(json_get(json_get(record, "files"), "attempts.json"));
    return json_number(json_get(record, "seconds"));
}

Test(stage, the_seconds_of_all_attempts_are_counted)
{
    Plan plan = plan_rig_build(PLAN_RIG_SHORT);
    Stage *tokenizer = plan_rig_stage(&plan, "tokenizer");
    char *part = arena_format(plan_rig_arena(), &err, "%s.part", tokenizer->folder);
    cr_assert(file_write(in_folder(part, "attempts.json"), "{\"seconds\": 1000.5}", 19, &err));
    plan_rig_run(&plan);
    double seconds = recorded_seconds(tokenizer);
    cr_expect(seconds > 1000.5 && seconds < 1100, "%g", seconds);
}

Test(stage, a_failed_attempt_keeps_its_seconds_for_the_next)
{
    Plan plan = plan_rig_build(PLAN_RIG_SHORT);
    const Stage *pretrain = plan_rig_stage(&plan, "pretrain");
    char *part = arena_format(plan_rig_arena(), &err, "%s.part", pretrain->folder);
    cr_assert(file_write(in_folder(part, "curve.csv/in-the-way"), "", 0, &err));
    cr_assert(file_write(in_folder(part, "attempts.json"), "{\"seconds\": 1000.5}", 19, &err));
    cr_expect_not(plan_rig_go(&plan, 1, &err));
    err = (Error){0};
    cr_expect_gt(stage_record_earlier_seconds(part, plan_rig_arena()), 1000.5);
}

/* --- the store -------------------------------------------------------------------------------- */

static StoreList list_store(void)
{
    StoreList list;
    cr_assert(store_list(&list, plan_rig_store(), plan_rig_arena(), &err), "%s", err.text);
    return list;
}

#define KEY "00000000000000000000000000000000000000000000000000000000000000"

/* A finished stage, an interrupted one and a damaged one. */
static char *lay_out_three(void)
{
    char *part = in_folder(plan_rig_store(), "finetune/" KEY "aa.part");
    run_short();
    cr_assert(file_write(in_folder(part, "curve.csv"), "update\n", 7, &err));
    cr_assert(
        file_write(in_folder(plan_rig_store(), "finetune/" KEY "bb/curve.csv"), "u\n", 2, &err));
    return part;
}

Test(stage, the_store_lists_finished_interrupted_and_damaged_stages)
{
    lay_out_three();
    StoreList list = list_store();
    size_t n_finished = 0, n_interrupted = 0, n_damaged = 0;
    for (size_t i = 0; i < list.n; i++) {
        n_finished += list.items[i].finished && list.items[i].record;
        n_damaged += list.items[i].finished && !list.items[i].record;
        n_interrupted += !list.items[i].finished;
        cr_expect_gt(list.items[i].bytes, 0);
    }
    cr_expect_eq(n_finished, 6);
    cr_expect_eq(n_interrupted, 1);
    cr_expect_eq(n_damaged, 1);
}

Test(stage, cleaning_removes_what_is_not_whole_and_nothing_else)
{
    lay_out_three();
    StoreList list = list_store();
    uint64_t freed;
    cr_assert(store_clean(&freed, &list, true, &err), "%s", err.text);
    cr_expect_eq(freed, 9);
    cr_expect_eq(list_store().n, 6);
}

/* Whoever names another folder as the store, a home or a repository, loses nothing. */
Test(stage, what_is_no_stage_is_neither_listed_nor_removed)
{
    static const char *const strangers[] = {"engine/plan/x.c",      "notes/2026.part/x",
                                            "finetune/old/x",       "finetune/" KEY "aa.mine/x",
                                            "finetune/" KEY "g0/x", "finetune/" KEY "aab/x"};
    enum { N = sizeof strangers / sizeof *strangers };
    run_short();
    for (size_t i = 0; i < N; i++)
        cr_assert(file_write(in_folder(plan_rig_store(), strangers[i]), "mine", 4, &err));
    StoreList list = list_store();
    uint64_t freed;
    cr_expect_eq(list.n, 6);
    cr_assert(store_clean(&freed, &list, false, &err), "%s", err.text);
    cr_expect_eq(list_store().n, 0);
    for (size_t i = 0; i < N; i++)
        cr_expect(file_exists(in_folder(plan_rig_store(), strangers[i])), "%s", strangers[i]);
}

Test(stage, cleaning_removes_what_a_run_would_not_use)
{
    Plan plan = run_short();
    flip_a_byte(in_folder(plan_rig_stage(&plan, "pretrain")->folder, "weights.safetensors"),
                plan_rig_arena());
    flip_a_byte(in_folder(plan_rig_stage(&plan, "sample")->folder, "sample.txt"), plan_rig_arena());
    plan = plan_rig_build(PLAN_RIG_SHORT);
    cr_expect_str_eq(plan_rig_run(&plan), "pretrain sample");
    flip_a_byte(in_folder(plan_rig_stage(&plan, "evaluate")->folder, "evaluate.json"),
                plan_rig_arena());
    cr_assert(
        file_write(in_folder(plan_rig_stage(&plan, "tokens")->folder, "stage.json"), "{", 1, &err));
    StoreList list = list_store();
    uint64_t freed;
    cr_expect_eq(list.n, 8, "six, and two that were set aside");
    cr_assert(store_clean(&freed, &list, true, &err), "%s", err.text);
    cr_expect_eq(list_store().n, 4);
    plan = plan_rig_build(PLAN_RIG_SHORT);
    cr_expect_str_eq(plan_rig_run(&plan), "tokens evaluate");
}

Test(stage, cleaning_leaves_alone_what_another_process_is_running)
{
    char *part = lay_out_three();
    Arena *other = arena_create("other process", &err);
    bool held;
    cr_assert(stage_lock(&held, in_folder(plan_rig_store(), "finetune/" KEY "aa"), other, &err) &&
              held);
    StoreList list = list_store();
    uint64_t freed;
    cr_assert(store_clean(&freed, &list, true, &err), "%s", err.text);
    cr_expect(file_exists(part));
    cr_expect_eq(freed, 2);
    arena_destroy(other);
}

Test(stage, clearing_removes_everything)
{
    lay_out_three();
    StoreList list = list_store();
    uint64_t freed;
    cr_assert(store_clean(&freed, &list, false, &err), "%s", err.text);
    cr_expect_eq(list_store().n, 0);
}

/* --- what comes out --------------------------------------------------------------------------- */

Test(stage, the_outcome_has_every_run_with_its_predictions)
{
    Plan plan =
        plan_rig_build("\"tasks\": \"all\", \"seeds\": [4, 9], \"finetune\": {\"epochs\": 1},"
                       " \"pretrain\": {\"tokens\": 500, \"checkpoints\": 1}");
    plan_rig_run(&plan);
    Outcome outcome;
    cr_assert(outcome_read(&outcome, &plan, plan_rig_arena(), &err), "%s", err.text);
    cr_assert_eq(outcome.n_runs, 4);
    for (int r = 0; r < 4; r++) {
        const OutcomeRun *run = &outcome.runs[r];
        cr_expect_eq(run->task, r / 2);
        cr_expect_eq(run->seed, r % 2 ? 9 : 4);
        cr_assert_eq(run->test.n, 8);
        int n_right = 0;
        for (int e = 0; e < 8; e++) {
            n_right += run->test.truth[e] == run->test.predicted[e];
            cr_expect_str_eq(run->test.id[e], outcome.runs[r / 2 * 2].test.id[e]);
        }
        cr_expect_float_eq(run->test.accuracy, n_right / 8.0, 1e-12);
        cr_expect_gt(run->test.loss, 0);
    }
    cr_expect(outcome.pretrains[0].present);
    cr_expect_gt(outcome.pretrains[0].held_out_perplexity, 1);
    const SampleTexts *sample = &outcome.pretrains[0].sample;
    cr_expect(strstr(sample->left_to_right, "[the] "), "%s", sample->left_to_right);
    cr_expect(!sample->gibbs && sample->gibbs_sweeps == 0, "tokens behind it tell it nothing");
    cr_expect_null(json_get(plan_rig_stage(&plan, "sample")->document, "gibbs_sweeps"));
}

#ifndef REPRISE_DOUBLE

/* Every file of both stores but those that say when and how fast. */
static void expect_same_stores(const Plan *one, const Plan *other)
{
    for (int i = 0; i < one->graph.n; i++) {
        char **names;
        size_t n;
        cr_assert(file_list(&names, &n, one->graph.stages[i]->folder, plan_rig_arena(), &err));
        for (size_t k = 0; k < n; k++) {
            HashText a, b;
            if (!strcmp(names[k], "stage.json") || !strcmp(names[k], "pretrain.json") ||
                !strcmp(names[k], "finetune.json"))
                continue;
            cr_assert(hash_file(&a, in_folder(one->graph.stages[i]->folder, names[k]), &err));
            cr_assert(hash_file(&b, in_folder(other->graph.stages[i]->folder, names[k]), &err),
                      "%s", err.text);
            cr_expect_str_eq(a.text, b.text, "%s/%s differs", one->graph.stages[i]->kind->name,
                             names[k]);
        }
    }
}

/* Wide enough that kernels cut their rows into several pieces. */
#define WIDE                                                                                       \
    "\"tasks\": [\"tiny-ending\"], \"model\": {\"n_channel\": 48}, \"pretrain\": {\"tokens\": "    \
    "2000,"                                                                                        \
    " \"batch\": 16, \"micro_batch\": 16, \"checkpoints\": 1},"                                    \
    " \"finetune\": {\"epochs\": 1, \"micro_batch_tokens\": 1024}"

Test(stage, one_two_and_three_threads_make_the_same_bits)
{
    Plan plans[3];
    for (int n = 0; n < 3; n++) {
        plan_rig_use_store(n == 0 ? "one" : n == 1 ? "two" : "three");
        parallel_set_threads(n + 1);
        plans[n] = plan_rig_build(WIDE);
        plan_rig_run(&plans[n]);
    }
    expect_same_stores(&plans[0], &plans[1]);
    expect_same_stores(&plans[0], &plans[2]);
}

#endif
