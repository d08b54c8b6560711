#include "report/version/version.h"

#include <criterion/criterion.h>
#include <string.h>
#include <time.h>

#include "../drawing_programs.h"
#include "../scratch_folder.h"
#include "base/file.h"
#include "../outcome_rig.h"
#include "question/experiment_document.h"
#include "result/result_file.h"

TestSuite(version, .init = outcome_rig_begin, .fini = outcome_rig_end);

static bool half(int cell, int task, int seed, int example)
{
    return (example / 2 + seed + task) % 4 != 0 && (cell == 0 || example % 5 < 3);
}
static const OutcomeRigPlan rig = {2, 2, 2, 60, half};

static VersionWritten write(const Outcome *outcome)
{
    Error err = {0};
    VersionWritten written;
    cr_assert(
        version_write(&written, outcome, scratch_folder_path("results"), outcome_rig_arena(), &err),
        "%s", err.text);
    return written;
}

Test(version, the_first_result_is_v001_and_complete)
{
    drawing_programs_need();
    static const char *const files[] = {"result.json",
                                        "runs.csv",
                                        "curves.csv",
                                        "evidence.json",
                                        "table.md",
                                        "table.tex",
                                        "README.md",
                                        "figures/scores.svg",
                                        "figures/pretraining.pdf",
                                        "figures/finetuning.csv",
                                        "figures/scores.gp"};
    VersionWritten written = write(outcome_rig_make(&rig));
    cr_assert_str_eq(written.version, "v001");
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char name[128];
        snprintf(name, sizeof name, "results/rig/tiny/v001/%s", files[i]);
        cr_expect(file_exists(scratch_folder_path(name)), "%s", name);
    }
    cr_assert_not(file_exists(scratch_folder_path("results/rig/tiny/v001.part")));
    cr_assert_not(file_exists(scratch_folder_path("results/rig/tiny/v001/figures/figure.log")));
}

Test(version, the_same_numbers_are_recognized_and_not_written_again)
{
    drawing_programs_need();
    Outcome *outcome = outcome_rig_make(&rig);
    write(outcome);
    outcome->seconds = 999; /* time is not a number of the result */
    VersionWritten again = write(outcome);
    cr_assert(again.reproduced);
    cr_assert_null(again.reworded);
    cr_assert_str_eq(again.version, "v001");
    cr_assert_not(file_exists(scratch_folder_path("results/rig/tiny/v002")));
}

Test(version, a_version_of_before_there_was_evidence_gets_it_when_reproduced)
{
    drawing_programs_need();
    Error err = {0};
    static const char name[] = "results/rig/tiny/v001/evidence.json";
    Outcome *outcome = outcome_rig_make(&rig);
    write(outcome);
    const char *first = arena_text(outcome_rig_arena(), scratch_folder_read(name), &err);
    cr_assert(file_remove_tree(scratch_folder_path(name), &err));
    VersionWritten again = write(outcome);
    cr_assert(again.reproduced);
    cr_assert_str_eq(again.added, "evidence.json");
    cr_assert_str_eq(scratch_folder_read(name), first);
    cr_assert_null(write(outcome).added);
}

static const char *read(const char *name)
{
    Error err = {0};
    char path[128];
    snprintf(path, sizeof path, "results/rig/tiny/v001/%s", name);
    return arena_text(outcome_rig_arena(), scratch_folder_read(path), &err);
}

static void reword(Outcome *outcome)
{
    Error err = {0};
    Experiment *experiment = (Experiment *)outcome->plan->experiment;
    experiment->title = "A better rig";
    ((ExperimentClaim *)experiment->claims)[0].statement = "reading comes first";
    ((DatasetInfo *)outcome->plan->tasks[0].info)->licence = "Free";
    experiment->document = experiment_document_write(experiment, NULL, outcome_rig_arena(), &err);
    cr_assert(experiment->document, "%s", err.text);
}

Test(version, other_words_of_the_same_numbers_are_put_in_the_place_of_the_old)
{
    drawing_programs_need();
    Error err = {0};
    Result before, after;
    char *folder =
        arena_text(outcome_rig_arena(), scratch_folder_path("results/rig/tiny/v001"), &err);
    Outcome *outcome = outcome_rig_make(&rig);
    write(outcome);
    const char *runs = read("runs.csv"), *evidence = read("evidence.json");
    cr_assert(result_read(&before, folder, outcome_rig_arena(), &err), "%s", err.text);
    reword(outcome);
    VersionWritten again = write(outcome);
    cr_expect(again.reproduced);
    cr_expect_str_eq(again.version, "v001");
    cr_assert_str_eq(again.reworded, "title, claim transfer, licence alpha");
    cr_expect(strstr(read("README.md"), "# A better rig\n"));
    cr_expect(strstr(read("README.md"), "*reading comes first.*"));
    cr_expect(strstr(read("README.md"), "| alpha | Free | "));
    cr_expect(strstr(read("table-float.tex"), "A better rig"));
    cr_expect_null(strstr(read("result.json"), "A rig"));
    cr_assert(result_read(&after, folder, outcome_rig_arena(), &err), "%s", err.text);
    cr_expect_str_eq(after.numbers_hash.text, before.numbers_hash.text);
    cr_expect_str_eq(read("runs.csv"), runs);
    cr_expect_str_eq(read("evidence.json"), evidence);
    cr_expect(file_exists(scratch_folder_path("results/rig/tiny/v001/figures/scores.svg")));
    cr_expect_not(file_exists(scratch_folder_path("results/rig/tiny/v001.part")));
    const char *written = read("result.json");
    cr_expect_null(write(outcome).reworded);
    cr_expect_str_eq(read("result.json"), written);
}

Test(version, what_is_reworded_is_drawn_as_its_own_files_are)
{
    drawing_programs_need();
    Error err = {0};
    Outcome *outcome = outcome_rig_make(&rig);
    write(outcome);
    reword(outcome);
    write(outcome);
    const char *page = read("README.md");
    cr_assert(file_remove_tree(scratch_folder_path("results"), &err));
    write(outcome);
    cr_expect_str_eq(read("README.md"), page);
}

Test(version, words_of_another_version_stay)
{
    drawing_programs_need();
    Outcome *outcome = outcome_rig_make(&rig);
    write(outcome);
    const char *first = read("result.json");
    outcome->pretrains[0].held_out_perplexity = 90;
    reword(outcome);
    cr_assert_str_eq(write(outcome).version, "v002");
    cr_expect_str_eq(read("result.json"), first);
}

static double rate(int cell, int point, int unit)
{
    return 1000 + 10 * cell + point + unit;
}

static double slower(int cell, int point, int unit)
{
    return rate(cell, point, unit) / 2;
}

Test(version, other_timings_with_the_same_numbers_are_recognized)
{
    drawing_programs_need();
    Outcome *outcome = outcome_rig_make(&rig);
    outcome_rig_probe(outcome, PROBE_TRAINING_RATE, 0, -1, 2, 3, rate);
    write(outcome);
    outcome->n_probes = 0;
    outcome_rig_probe(outcome, PROBE_TRAINING_RATE, 0, -1, 2, 3, slower);
    cr_assert(write(outcome).reproduced);
}

Test(version, a_result_is_read_as_it_was_written)
{
    drawing_programs_need();
    Error err = {0};
    Result file;
    Outcome *outcome = outcome_rig_make(&rig);
    outcome_rig_probe(outcome, PROBE_TRAINING_RATE, 0, -1, 2, 3, rate);
    write(outcome);
    cr_assert(
        result_read(&file, scratch_folder_path("results/rig/tiny/v001"), outcome_rig_arena(), &err),
        "%s", err.text);
    cr_assert_str_eq(file.experiment->scale, "tiny");
    cr_assert_eq(file.findings.numbers.runs.n, 8);
    cr_assert_eq(file.findings.tests.claims.n, 3);
    cr_assert_eq(file.findings.timings.probes.n, 1);
}

static const ResultModel *first_model(Result *result)
{
    Error err = {0};
    cr_assert(result_read(result, scratch_folder_path("results/rig/tiny/v001"), outcome_rig_arena(),
                          &err),
              "%s", err.text);
    cr_assert_gt(result->models.n, 0);
    return result->models.items;
}

Test(version, keeps_what_models_wrote_by_either_way)
{
    drawing_programs_need();
    Result result;
    Outcome *outcome = outcome_rig_make(&rig);
    outcome->pretrains[0].sample = (SampleTexts){"[the] cat", "[the] dog", 7};
    write(outcome);
    const ResultModel *model = first_model(&result);
    cr_expect_str_eq(model->sample, "[the] cat");
    cr_expect_str_eq(model->gibbs, "[the] dog");
    cr_expect_eq(model->gibbs_sweeps, 7);
}

Test(version, of_a_model_without_gibbs_sampling_its_document_says_nothing_of_it)
{
    drawing_programs_need();
    Error err = {0};
    Result result;
    char *document;
    size_t size;
    write(outcome_rig_make(&rig));
    cr_expect_null(first_model(&result)->gibbs);
    cr_assert(file_read(&document, &size, scratch_folder_path("results/rig/tiny/v001/result.json"),
                        outcome_rig_arena(), &err));
    cr_expect_null(strstr(document, "gibbs"));
}

Test(version, other_numbers_become_the_next_version_and_are_held_against_the_last)
{
    drawing_programs_need();
    Outcome *outcome = outcome_rig_make(&rig);
    write(outcome);
    outcome->pretrains[0].held_out_perplexity = 90; /* was 60 */
    VersionWritten next = write(outcome);
    cr_assert_str_eq(next.version, "v002");
    cr_assert_str_eq(next.previous, "v001");
    cr_assert_eq(next.moved.count[COMPARISON_WORSE], 1);
    cr_assert_eq(next.moved.count[COMPARISON_IDENTICAL], 6);
}

/* Dates in files are to the second. */
static void wait_for_the_next_second(void)
{
    const struct timespec one = {.tv_sec = 1};
    cr_assert_eq(nanosleep(&one, NULL), 0);
}

Test(version, the_same_numbers_give_the_same_bytes_of_every_figure)
{
    drawing_programs_need();
    Error err = {0};
    static const char *const names[] = {"scores", "pretraining", "finetuning"};
    Outcome *outcome = outcome_rig_make(&rig);
    write(outcome);
    cr_assert(file_rename(scratch_folder_path("results"), scratch_folder_path("first"), &err));
    wait_for_the_next_second();
    write(outcome);
    for (int i = 0; i < 6; i++) {
        char name[2][128];
        HashText hash[2];
        for (int k = 0; k < 2; k++) {
            snprintf(name[k], sizeof name[k], "%s/rig/tiny/v001/figures/%s.%s",
                     k ? "results" : "first", names[i / 2], i % 2 ? "pdf" : "svg");
            cr_assert(hash_file(&hash[k], scratch_folder_path(name[k]), &err), "%s", err.text);
        }
        cr_expect_str_eq(hash[0].text, hash[1].text, "%s", name[0]);
    }
}

Test(version, a_result_that_lost_its_numbers_is_an_error_that_names_the_file)
{
    Error err = {0};
    VersionWritten written;
    scratch_folder_write("results/rig/tiny/v001/result.json", "{}", 2);
    Outcome *outcome = outcome_rig_make(&rig);
    cr_assert_not(version_write(&written, outcome, scratch_folder_path("results"),
                                outcome_rig_arena(), &err));
    cr_assert(strstr(err.text, "v001/result.json: $.format: is missing"), "%s", err.text);
    cr_assert(strstr(err.text, "try: git checkout -- "), "%s", err.text);
    cr_assert_eq(err.kind, ERROR_USAGE);
}
