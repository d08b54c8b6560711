/* Predictions of a finished run as files. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../scratch_folder.h"
#include "base/file.h"
#include "base/hash.h"
#include "cli_rig.h"

#ifndef REPRISE_DOUBLE /* the command is the same in both builds */

TestSuite(export_predictions, .init = cli_rig_begin, .fini = cli_rig_end, .timeout = 120);

#define TRIAL "experiments/trial.json"
#define ROWS                                                                                       \
    "0\ta good film\tone fine film\t4.5\n1\ta bad play\tsome poor play\t2\n"                       \
    "2\tgood\tbad\t1\n3\tred\tblue\t3.25\n"

static void write_text(const char *path, const char *text)
{
    scratch_folder_write(path, text, strlen(text));
}

/* Pairs with scores from 0 to 5 in the mirror, as those of STS-B, and three more for a server. */
static void write_ratings(void)
{
    static const char server[] = "0\tgood\tgood\n1\tbad film\tred\n2\tone\tblue play\n";
    char manifest[2048];
    snprintf(manifest, sizeof manifest,
             "{\"title\": \"Ratings\", \"licence\": \"none\", \"form\": \"regression\","
             " \"metric\": \"pearson\", \"target_low\": 0, \"target_high\": 5,"
             " \"submission_file\": \"Rated.tsv\", \"files\": ["
             "{\"path\": \"rows.tsv\", \"urls\": [\"http://127.0.0.1:9/\"], \"sha256\": \"%s\"},"
             "{\"path\": \"server.tsv\", \"urls\": [\"http://127.0.0.1:9/\"], \"sha256\": \"%s\"}],"
             " \"table\": {\"format\": \"tsv\", \"columns\": [\"id\", \"a\", \"b\", \"score\"],"
             " \"text\": [\"a\", \"b\"], \"label\": \"score\", \"id\": \"id\", \"header\": false},"
             " \"splits\": {"
             "\"train\": {\"sources\": [{\"file\": \"rows.tsv\", \"rows\": 4}], \"rows\": 4},"
             "\"validation\": {\"sources\": [{\"file\": \"rows.tsv\", \"rows\": 4}], \"rows\": 4},"
             "\"test\": {\"sources\": [{\"file\": \"rows.tsv\", \"rows\": 4}], \"rows\": 4},"
             "\"submission\": {\"sources\": [{\"file\": \"server.tsv\", \"rows\": 3, "
             "\"columns\": [\"id\", \"a\", \"b\"]}], \"rows\": 3}}}",
             hash_bytes(ROWS, strlen(ROWS)).text, hash_bytes(server, strlen(server)).text);
    write_text("datasets/ratings.json", manifest);
    write_text("mirror/rows.tsv", ROWS);
    write_text("mirror/server.tsv", server);
}

static void run_trial(void)
{
    write_ratings();
    cli_rig_edit(TRIAL, "\"all\"", "[\"ratings\", \"tiny-happy\"]");
    CliRun run = cli_rig_run("run trial --scale mini");
    cr_assert_eq(run.status, 0, "%s", run.err);
}

/* The numbers in there/Rated.tsv, which is laid out as GLUE wants STS-B.tsv: nothing follows. */
static void export_ratings(double value[3])
{
    CliRun run = cli_rig_run("export predictions trial --scale mini --out there");
    cr_assert_eq(run.status, 0, "%s", run.err);
    cr_expect(strstr(run.out, "there/Rated.tsv: 3 rows for the benchmark's server"), "%s", run.out);
    const char *text = scratch_folder_read("there/Rated.tsv");
    int size = 0;
    cr_assert_eq(sscanf(text, "index\tprediction\n0\t%lf\n1\t%lf\n2\t%lf%n", &value[0], &value[1],
                        &value[2], &size),
                 3, "%s", text);
    cr_expect_str_eq(text + size, "\n");
}

Test(export_predictions, a_server_gets_a_number_for_each_row_within_the_range)
{
    double value[3];
    run_trial();
    export_ratings(value);
    for (int i = 0; i < 3; i++) cr_expect(0 <= value[i] && value[i] <= 5, "%g", value[i]);
}

/* Steps as long as these lead far away from every score. */
Test(export_predictions, a_server_gets_numbers_beyond_the_range_as_its_end)
{
    double value[3];
    cli_rig_edit(TRIAL, "\"format\": 1,",
                 "\"format\": 1, \"finetune\": {\"regression\": \"squared-error\", "
                 "\"learning_rate\": 0.5},");
    run_trial();
    export_ratings(value);
    for (int i = 0; i < 3; i++) cr_expect(value[i] == 0 || value[i] == 5, "%g", value[i]);
}

Test(export_predictions, other_tasks_have_the_truth_beside_each_prediction)
{
    run_trial();
    CliRun run = cli_rig_run("export predictions trial --scale mini --seed 1 --cell default");
    cr_assert_eq(run.status, 0, "%s", run.err);
    const char *text = scratch_folder_read("build/predictions/trial/mini/tiny-happy.tsv");
    cr_expect_eq(strncmp(text, "id\tprediction\ttruth\n", 20), 0, "%s", text);
    int n = 0;
    for (const char *line = strchr(text, '\n') + 1; *line; line = strchr(line, '\n') + 1, n++) {
        char id[64], predicted[64], truth[64];
        cr_assert_eq(sscanf(line, "%63[^\t]\t%63[^\t]\t%63[^\n]", id, predicted, truth), 3);
        cr_expect(!strcmp(truth, "sad") || !strcmp(truth, "happy"), "%s", truth);
        cr_expect(!strcmp(predicted, "sad") || !strcmp(predicted, "happy"), "%s", predicted);
    }
    cr_expect_eq(n, 8);
}

Test(export_predictions, before_the_run_it_says_what_to_run)
{
    cli_rig_expect(cli_rig_run("export predictions trial --scale mini"), 1,
                   "task 'tiny-happy' of cell", "is not done",
                   "try: reprise run trial --scale mini", NULL);
}

Test(export_predictions, an_unknown_cell_seed_or_subject_is_told)
{
    cli_rig_expect(cli_rig_run("export predictions trial --scale mini --cell ful"), 2,
                   "experiment 'trial' has no cell 'ful'", NULL);
    cli_rig_expect(cli_rig_run("export predictions trial --scale mini --seed 7"), 2,
                   "experiment 'trial' has no seed 7", NULL);
    cli_rig_expect(cli_rig_run("export prediction trial"), 2, "unknown word 'prediction'",
                   "try: 'predictions'", NULL);
}

/* --- models ------------------------------------------------------------------------------------ */

TestSuite(export_huggingface, .init = cli_rig_begin, .fini = cli_rig_end, .timeout = 120);

#define EXPORT "export huggingface trial --scale mini --out there"

static const char *const files[] = {
    "README.md",      "config.json", "model.safetensors",     "special_tokens_map.json",
    "tokenizer.json", "vocab.json",  "tokenizer_config.json", "merges.txt",
};

static void expect_files(void)
{
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        cr_expect_eq(cli_rig_count("there", files[i]), 1, "%s", files[i]);
}

Test(export_huggingface, a_language_model_is_a_folder_with_a_card)
{
    run_trial();
    CliRun run = cli_rig_run(EXPORT);
    cr_assert_eq(run.status, 0, "%s", run.err);
    expect_files();
    cr_expect(strstr(scratch_folder_read("there/config.json"), "OpenAIGPTLMHeadModel"));
    const char *card = scratch_folder_read("there/README.md");
    cr_expect(strstr(card, "reprise run trial --scale mini") && strstr(card, "perplexity"), "%s",
              card);
    cr_expect_eq(cli_rig_count(".", "there.tmp-*"), 0);
}

Test(export_huggingface, a_task_of_classes_is_a_classifier_with_its_labels)
{
    run_trial();
    CliRun run = cli_rig_run(EXPORT " --task tiny-happy --seed 1 --cell default");
    cr_assert_eq(run.status, 0, "%s", run.err);
    expect_files();
    const char *config = scratch_folder_read("there/config.json");
    cr_expect(strstr(config, "OpenAIGPTForSequenceClassification") &&
                  strstr(config, "\"happy\": 1"),
              "%s", config);
    cr_expect(strstr(scratch_folder_read("there/tokenizer.json"), "<classify>"));
}

Test(export_huggingface, what_the_library_cannot_express_is_told)
{
    run_trial();
    cli_rig_expect(cli_rig_run(EXPORT " --task ratings"), 2, "adds the states of two sequences",
                   "OpenAIGPTForSequenceClassification cannot express", NULL);
    cr_expect_eq(cli_rig_count("there", "config.json"), 0);
}

Test(export_huggingface, a_folder_that_holds_something_stays_as_it_is)
{
    run_trial();
    write_text("there/mine.txt", "mine");
    cli_rig_expect(cli_rig_run(EXPORT), 2, "there: the folder is not empty", NULL);
    cr_expect_str_eq(scratch_folder_read("there/mine.txt"), "mine");
}

Test(export_huggingface, before_the_run_it_says_what_to_run)
{
    cli_rig_expect(cli_rig_run(EXPORT), 1, "the pre-training of cell 'default' is not done",
                   "try: reprise run trial --scale mini", NULL);
    cli_rig_expect(cli_rig_run(EXPORT " --task tiny-happy"), 1,
                   "the fine-tuning of cell 'default' is not done", NULL);
}

Test(export_huggingface, what_is_missing_or_unknown_is_told)
{
    cli_rig_expect(cli_rig_run("export huggingface trial --scale mini"), 2, "--out is missing",
                   NULL);
    cli_rig_expect(cli_rig_run(EXPORT " --task tiny-hapy"), 2, "has no task 'tiny-hapy'",
                   "tiny-happy", NULL);
    cli_rig_expect(cli_rig_run(EXPORT " --seed 1"), 2, "no --task is given", NULL);
    cli_rig_expect(cli_rig_run("export"), 2, "a word is missing", NULL);
}

Test(export_huggingface, an_lstm_is_its_weights_with_their_layout)
{
    cli_rig_edit(TRIAL, "\"format\": 1,",
                 "\"format\": 1, \"model\": {\"architecture\": \"lstm\", \"n_layer\": 1, "
                 "\"n_hidden\": 8, \"n_channel\": 16, \"n_context\": 64},");
    run_trial();
    CliRun run = cli_rig_run(EXPORT);
    cr_assert_eq(run.status, 0, "%s", run.err);
    cr_expect_eq(cli_rig_count("there", "weights.safetensors"), 1);
    cr_expect(strstr(scratch_folder_read("there/model.json"), "\"n_hidden\": 8"));
    cr_expect(strstr(scratch_folder_read("there/README.md"), "layer.L.recurrent.weight"));
}

/* --- courses ------------------------------------------------------------------------------------- */

TestSuite(export_tensorboard, .init = cli_rig_begin, .fini = cli_rig_end, .timeout = 120);

#define EVENTS "events.out.tfevents.0.reprise"

/* Whether a file holds bytes that are text. */
static bool holds(const char *name, const char *text)
{
    char *bytes;
    size_t size;
    Error err = {0};
    Arena *arena = arena_create("test", &err);
    cr_assert(arena && file_read(&bytes, &size, scratch_folder_path(name), arena, &err), "%s",
              err.text);
    const bool found = memmem(bytes, size, text, strlen(text)) != NULL;
    arena_destroy(arena);
    return found;
}

Test(export_tensorboard, each_training_is_a_folder_with_its_curves)
{
    run_trial();
    CliRun run = cli_rig_run("export tensorboard trial --scale mini");
    cr_assert_eq(run.status, 0, "%s", run.err);
    cr_expect_str_eq(run.out, "build/tensorboard/trial/mini: 3 trainings\n"
                              "look at them: tensorboard --logdir build/tensorboard/trial/mini\n");
    cr_expect_eq(cli_rig_count("build/tensorboard", EVENTS), 3);
    cr_expect(holds("build/tensorboard/trial/mini/default/pre-training/" EVENTS, "pretrain/loss"));
    static const char finetuning[] =
        "build/tensorboard/trial/mini/default/tiny-happy/seed-1/" EVENTS;
    cr_expect(holds(finetuning, "brain.Event:2") && holds(finetuning, "finetune/learning_rate") &&
              holds(finetuning, "epoch/validation_score"));
    cr_expect_not(holds(finetuning, "/epoch\x15"));
}

Test(export_tensorboard, the_same_trainings_give_the_same_bytes)
{
    static const char file[] = "here/default/ratings/seed-1/" EVENTS;
    run_trial();
    cr_assert_eq(cli_rig_run("export tensorboard trial --scale mini --out here").status, 0);
    HashText first, second;
    Error err = {0};
    cr_assert(hash_file(&first, scratch_folder_path(file), &err), "%s", err.text);
    cr_assert_eq(cli_rig_run("export tensorboard trial --scale mini --out here").status, 0);
    cr_assert(hash_file(&second, scratch_folder_path(file), &err), "%s", err.text);
    cr_expect_str_eq(first.text, second.text);
}

Test(export_tensorboard, what_is_not_done_is_counted)
{
    run_trial();
    cli_rig_edit(TRIAL, "\"format\": 1,",
                 "\"format\": 1, \"variants\": {\"a/b\": {}, \"longer\": "
                 "{\"finetune\": {\"epochs\": 4}}},");
    CliRun run = cli_rig_run("export tensorboard trial --scale mini --out here");
    cr_assert_eq(run.status, 0, "%s", run.err);
    cr_expect(strstr(run.out, "here: 3 trainings; 2 more are not done yet\n"), "%s", run.out);
    cr_expect_eq(cli_rig_count("here/a%2Fb", EVENTS), 3);
}

Test(export_tensorboard, before_the_run_it_says_what_to_run)
{
    cli_rig_expect(cli_rig_run("export tensorboard trial --scale mini"), 1,
                   "no training of 'trial' at scale mini is done",
                   "try: reprise run trial --scale mini", NULL);
}

#endif
