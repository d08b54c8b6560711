#include "report/version/version_recompute.h"

#include <criterion/criterion.h>
#include <string.h>

#include "../outcome_rig.h"
#include "../scratch_folder.h"
#include "base/file.h"
#include "result/evidence.h"
#include "result/result_file.h"
#include "results_rig.h"

TestSuite(version_recompute, .init = outcome_rig_begin, .fini = outcome_rig_end);

#define FOLDER "v001"

static bool half(int cell, int task, int seed, int example)
{
    return (example / 2 + seed + task) % 4 != 0 && (cell == 0 || example % 5 < 3);
}

static double rising(int cell, int point, int unit)
{
    return 2 + cell + 0.1 * point + 0.01 * (unit % 7);
}

static double guess(int cell, int point, int unit)
{
    return (unit / (2 + cell) + point) % 2;
}

/* The files that a result is recomputed from, of an outcome with runs and probes of every kind. */
static void write(bool rates)
{
    Error err = {0};
    Arena *arena = outcome_rig_arena();
    Outcome *outcome = outcome_rig_make(&(OutcomeRigPlan){2, 2, 3, 60, half});
    for (int t = 0; t < 2; t++) outcome_rig_probe(outcome, PROBE_ZERO_SHOT, 0, t, 3, 40, guess);
    outcome_rig_probe(outcome, PROBE_CONTEXT_WINDOW, 0, -1, 3, 20, rising);
    outcome_rig_probe(outcome, PROBE_POSITION, 0, -1, 4, 20, rising);
    outcome_rig_probe(outcome, PROBE_TRAINING_RATE, 0, -1, 2, 5, rising);
    static int of[40];
    static const char *values[] = {"few|", "many"};
    for (int u = 0; u < 40; u++) of[u] = u >= 10;
    static Facet facet = {"how many", {2, values}, of};
    outcome->probes[1].facets = (Facets){1, &facet};
    Result *result = outcome_rig_result(outcome);
    Evidence evidence;
    cr_assert(outcome_rig_evidence(&evidence, outcome));
    if (!rates) evidence.n_probes--; /* the last */
    Experiment *experiment = (Experiment *)outcome->plan->experiment;
    cr_assert(json_set((Json *)experiment->document, "zero_shot_tasks",
                       json_get(experiment->document, "tasks"), &err));
    result->folder = arena_text(arena, scratch_folder_path(FOLDER), &err);
    char *path = file_join(arena, result->folder, EVIDENCE_FILE, &err);
    Buffer curves = buffer_create(arena);
    cr_assert(file_make_folder(result->folder, &err) && result_file_write(result, &err) &&
                  evidence_write(path, &evidence, experiment, result->numbers, arena, &err) &&
                  curves_write(&curves, &result->curves, result->numbers, &err),
              "%s", err.text);
    scratch_folder_write(FOLDER "/curves.csv", curves.data, curves.size);
}

static bool recompute(VersionRecomputed *recomputed, Error *err)
{
    Result *result = arena_alloc(outcome_rig_arena(), 1, sizeof *result, err);
    char *folder = arena_text(outcome_rig_arena(), scratch_folder_path(FOLDER), err);
    *err = (Error){0};
    cr_assert(result_read(result, folder, outcome_rig_arena(), err), "%s", err->text);
    return version_recompute(recomputed, result, err);
}

/* In evidence.json, the nth time that `before` stands there. */
static void replace(const char *before, int nth, const char *after)
{
    Error err = {0};
    const char *text = scratch_folder_read(FOLDER "/" EVIDENCE_FILE), *at = text;
    for (int i = 0; at && i <= nth; i++) at = strstr(i ? at + 1 : at, before);
    cr_assert(at, "no '%s'", before);
    Buffer changed = buffer_create(outcome_rig_arena());
    cr_assert(buffer_add(&changed, text, (size_t)(at - text), &err) &&
              buffer_add_text(&changed, after, &err) &&
              buffer_add_text(&changed, at + strlen(before), &err));
    scratch_folder_write(FOLDER "/" EVIDENCE_FILE, changed.data, changed.size);
}

Test(version_recompute, every_number_follows_from_the_evidence)
{
    Error err;
    VersionRecomputed recomputed;
    write(true);
    cr_assert(recompute(&recomputed, &err), "%s", err.text);
    cr_expect_eq(recomputed.n_differences, 0, "%s", recomputed.differences.text[0]);
    cr_expect_eq(recomputed.n_runs, 12);
    cr_expect_eq(recomputed.n_scores, 6);
    cr_expect_eq(recomputed.n_claims, 3);
    cr_expect_eq(recomputed.n_probes, 6); /* two tasks and both, window, position, rate */
    cr_expect_not(recomputed.rates_left_out);
}

Test(version_recompute, one_flipped_prediction_is_seen_in_its_run)
{
    Error err;
    VersionRecomputed recomputed;
    write(true);
    replace("\"predicted\": \"1", 0, "\"predicted\": \"0");
    cr_assert(recompute(&recomputed, &err), "%s", err.text);
    cr_expect_gt(recomputed.n_differences, 0);
    cr_expect(strstr(recomputed.differences.text[0], "test score"), "%s",
              recomputed.differences.text[0]);
}

Test(version_recompute, one_flipped_label_is_seen_in_every_run_of_the_task)
{
    Error err;
    VersionRecomputed recomputed;
    write(true);
    replace("\"truth\": \"01", 0, "\"truth\": \"00");
    cr_assert(recompute(&recomputed, &err), "%s", err.text);
    cr_expect_geq(recomputed.n_differences, 6);
}

Test(version_recompute, another_loss_of_a_document_is_seen_in_its_curve)
{
    Error err;
    VersionRecomputed recomputed;
    write(true);
    replace("\"units\": \"2 2.01 ", 0, "\"units\": \"2.5 2.01 ");
    cr_assert(recompute(&recomputed, &err), "%s", err.text);
    cr_expect_gt(recomputed.n_differences, 0);
    cr_expect(strstr(recomputed.differences.text[0], "probes: "), "%s",
              recomputed.differences.text[0]);
}

Test(version_recompute, without_evidence_of_rates_the_rest_is_recomputed)
{
    Error err;
    VersionRecomputed recomputed;
    write(false);
    cr_assert(recompute(&recomputed, &err), "%s", err.text);
    cr_expect_eq(recomputed.n_differences, 0, "%s", recomputed.differences.text[0]);
    cr_expect(recomputed.rates_left_out);
}

Test(version_recompute, what_does_not_fit_the_numbers_is_an_error_with_its_place)
{
    static const struct {
        const char *before, *after, *message;
    } cases[] = {
        {"\"predicted\": \"1", "\"predicted\": \"", "evidence.json: $.runs[0].predicted: is not"},
        {"\"cell\": \"full\"", "\"cell\": \"half\"", "$.runs[0]: is not 'full' on 'alpha'"},
        {"\"seed\": 1", "\"seed\": 7", "$.runs[0]: is not 'full' on 'alpha' with seed 1"},
        {"\"metric\": \"accuracy\"", "\"metric\": \"luck\"", "$.probes[0]: needs a task"},
        {"\"format\": 1", "\"format\": 2", "$.format"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Error err;
        VersionRecomputed recomputed;
        write(true);
        replace(cases[i].before, 0, cases[i].after);
        cr_expect_not(recompute(&recomputed, &err), "%s", cases[i].after);
        cr_expect(strstr(err.text, cases[i].message), "%s", err.text);
    }
}

Test(version_recompute, a_result_without_evidence_says_how_to_come_by_it)
{
    Error err;
    VersionRecomputed recomputed;
    write(true);
    cr_assert(file_remove_tree(scratch_folder_path(FOLDER "/" EVIDENCE_FILE), &err));
    cr_assert_not(recompute(&recomputed, &err));
    cr_assert(strstr(err.text, "there is no evidence.json"), "%s", err.text);
    cr_assert(strstr(err.text, "reprise run rig --scale tiny"), "%s", err.text);
}

/* The losses of epochs decide no number. */
Test(version_recompute, evidence_that_has_a_hash_is_held_to_it)
{
    Error err = {0};
    VersionRecomputed recomputed;
    Result result;
    write(true);
    char *folder = arena_text(outcome_rig_arena(), scratch_folder_path(FOLDER), &err);
    replace("\"train_loss\": \"0.65", 0, "\"train_loss\": \"0.66");
    cr_assert(recompute(&recomputed, &err), "no hash, and nothing follows from it: %s", err.text);
    cr_assert(result_read(&result, folder, outcome_rig_arena(), &err) &&
              result_file_seal(&result, &err));
    cr_assert(recompute(&recomputed, &err), "%s", err.text);
    replace("\"train_loss\": \"0.66", 0, "\"train_loss\": \"0.65");
    cr_assert_not(recompute(&recomputed, &err));
    cr_assert(strstr(err.text, "evidence.json: is not what was written"), "%s", err.text);
    cr_assert(strstr(err.text, "git checkout -- "), "%s", err.text);
    cr_assert(file_remove_tree(scratch_folder_path(FOLDER "/" EVIDENCE_FILE), &err));
    cr_assert_not(recompute(&recomputed, &err));
    cr_assert(strstr(err.text, "evidence.json: is missing"), "%s", err.text);
}

/* --- what is committed ------------------------------------------------------------------------------- */

static int n_recomputed;

static void recompute_committed(const char *version)
{
    Error err = {0};
    Result result;
    VersionRecomputed recomputed;
    char *path = file_join(outcome_rig_arena(), version, EVIDENCE_FILE, &err);
    if (!path || !file_exists(path)) return; /* of before there was evidence */
    cr_assert(result_read(&result, version, outcome_rig_arena(), &err) &&
                  version_recompute(&recomputed, &result, &err),
              "%s: %s", version, err.text);
    cr_expect_eq(recomputed.n_differences, 0, "%s: %s", version, recomputed.differences.text[0]);
    cr_expect_not_null(result.evidence_sha256, "%s: reprise report recompute adds it", version);
    n_recomputed++;
}

Test(version_recompute, every_committed_result_follows_from_its_evidence)
{
    results_rig_each(recompute_committed);
    cr_assert_geq(n_recomputed, 7);
}

/* --- facets ------------------------------------------------------------------------------------------------ */

static bool read_evidence(Evidence *evidence, Error *err)
{
    Result *result = arena_alloc(outcome_rig_arena(), 1, sizeof *result, err);
    char *folder = arena_text(outcome_rig_arena(), scratch_folder_path(FOLDER), err);
    const char *path =
        arena_text(outcome_rig_arena(), scratch_folder_path(FOLDER "/" EVIDENCE_FILE), err);
    cr_assert(result_read(result, folder, outcome_rig_arena(), err), "%s", err->text);
    return evidence_read(evidence, path, result->experiment, result->numbers, outcome_rig_arena(),
                         err);
}

Test(version_recompute, what_units_are_counted_by_is_read_as_it_was_written)
{
    Error err = {0};
    Evidence evidence;
    write(true);
    cr_assert(read_evidence(&evidence, &err), "%s", err.text);
    cr_expect_eq(evidence.probes[0].facets.n, 0);
    const Facets *facets = &evidence.probes[1].facets;
    cr_assert_eq(facets->n, 1);
    cr_expect_str_eq(facets->items[0].name, "how many");
    cr_expect_str_eq(facets->items[0].values.text[0], "few|");
    for (int u = 0; u < 40; u++) cr_expect_eq(facets->items[0].of[u], u >= 10);
    cr_expect(
        strstr(scratch_folder_read(FOLDER "/" EVIDENCE_FILE), "\"runs\": \"0 1e+01 1 3e+01\""));
}

Test(version_recompute, facets_that_do_not_fit_the_units_are_errors)
{
    static const char *const damage[][2] = {{"0 10 1 29", "runs of 39 units, not of 40"},
                                            {"0 10 1 31", "runs of another number of units"},
                                            {"0 10 2 30", "2 is none of its 2 values"}};
    for (size_t i = 0; i < sizeof damage / sizeof *damage; i++) {
        Error err = {0};
        Evidence evidence;
        write(true);
        replace("0 1e+01 1 3e+01", 0, damage[i][0]);
        cr_expect_not(read_evidence(&evidence, &err));
        cr_expect(strstr(err.text, "$.probes[1].facets[0]"), "%s", err.text);
        cr_expect(strstr(err.text, damage[i][1]), "%s", err.text);
        error_clear(&err);
    }
}
