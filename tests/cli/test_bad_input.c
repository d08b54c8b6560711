/* What a user may get wrong: what, where, what to do; status 2, and 1 for what went wrong while
 * running. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "cli_rig.h"

#ifndef REPRISE_DOUBLE

TestSuite(bad_input, .init = cli_rig_begin, .fini = cli_rig_end);

#define TRIAL "experiments/trial.json"
#define SCALE "experiments/scales/mini.json"

static void write_file(const char *path, const char *text)
{
    Error err = {0};
    cr_assert(file_write(path, text, strlen(text), &err), "%s", err.text);
}

/* --- specs ------------------------------------------------------------------------------------ */

Test(bad_input, an_unknown_experiment_is_named_with_its_nearest_spelling)
{
    cli_rig_expect(cli_rig_run("run trail --scale mini"), 2,
                   "experiments/trail.json: no such experiment", "try: 'trial'", NULL);
}

Test(bad_input, a_result_that_is_not_there_is_told_with_the_experiment_that_was_meant)
{
    cli_rig_expect(cli_rig_run("report trial --scale mini"), 2,
                   "results/trial/mini: there is no result yet",
                   "try: reprise run trial --scale mini", NULL);
    cli_rig_expect(cli_rig_run("report trail --scale mini"), 2, "no experiment 'trail'",
                   "try: 'trial'", NULL);
}

/* As from a folder below the project's. */
Test(bad_input, a_folder_that_is_not_there_is_named_with_its_option)
{
    static const struct {
        const char *command, *option;
    } cases[] = {
        {"plan trial --scale mini --experiments away", "--experiments FOLDER"},
        {"run all --scale mini --experiments away", "--experiments FOLDER"},
        {"report claims --experiments away", "--experiments FOLDER"},
        {"data list --datasets away", "--datasets FOLDER"},
        {"data check tiny-happy --datasets away", "--datasets FOLDER"},
        {"data add rows.csv --datasets away", "--datasets FOLDER"},
        {"import huggingface model mine --datasets away", "--datasets FOLDER"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const CliRun run = cli_rig_run(cases[i].command);
        cli_rig_expect(run, 2, "away: there is no such folder\n  try: the same command in the ",
                       cases[i].option, NULL);
        cr_expect_null(strstr(strstr(run.err, "no such folder") + 1, "no such folder"),
                       "%s says it twice: %s", cases[i].command, run.err);
    }
    cr_expect(!file_exists("away"));
}

Test(bad_input, an_unknown_scale_is_named_with_its_nearest_spelling)
{
    cli_rig_expect(cli_rig_run("run trial --scale mimi"), 2,
                   "experiments/scales/mimi.json: no such scale", "try: 'mini'", NULL);
}

Test(bad_input, every_error_of_a_spec_is_told_at_once)
{
    cli_rig_edit(TRIAL, "\"tasks\": \"all\"",
                 "\"tasks\": \"all\", \"finetune\": {\"epoch\": 2, \"batch\": 0},"
                 " \"model\": {\"n_head\": 3}");
    cli_rig_expect(cli_rig_run("run trial --scale mini"), 2,
                   TRIAL ": $.finetune.epoch: no such field", "'epochs'",
                   TRIAL ": $.finetune.batch: ", NULL);
    cr_expect_eq(cli_rig_count(".", "store"), 0, "nothing was begun");
}

Test(bad_input, a_terminal_is_told_nothing_by_a_spec)
{
    cli_rig_edit(TRIAL, "\"tasks\": \"all\"", "\"tasks\": \"all\", \"\\u001b[31mred\\u009b0m\": 1");
    CliRun run = cli_rig_run("plan trial --scale mini");
    cli_rig_expect(run, 2, "[\"\\u001b[31mred\\u009b0m\"]",
                   NULL); /* a key as JSON, then the rest */
    for (const char *c = run.err; *c; c++) cr_expect(*c >= 0x20 || *c == '\n' || *c < 0);
    cr_expect_null(strstr(run.err, "\xC2\x9B"));
}

Test(bad_input, a_spec_that_is_not_json_is_told_with_its_line)
{
    cli_rig_edit(TRIAL, "\"tasks\"", "tasks");
    cli_rig_expect(cli_rig_run("plan trial --scale mini"), 2, TRIAL ":4:", NULL);
}

Test(bad_input, an_unknown_kind_of_document_is_named_with_those_there_are)
{
    cli_rig_expect(cli_rig_run("describe datasets"), 2, "no kind of document 'datasets'",
                   "try: 'dataset'", NULL);
    CliRun described = cli_rig_run("describe dataset");
    cr_expect_eq(described.status, 0);
    cr_expect(strstr(described.out, "`unpacked_bytes`") && strstr(described.out, "`carved_rows`"));
}

/* --- data ------------------------------------------------------------------------------------- */

#define NOWHERE "http://127.0.0.1:9/" /* nobody listens there */
#define ROWS    "good film\t1\nbad film\t0\nfine play\t1\npoor play\t0\n"

/* A task from rows in the mirror, in place of tiny-happy; `count` rows in each split. */
static void write_task(const char *rows, const char *sha256, int count)
{
    char manifest[1024];
    snprintf(
        manifest, sizeof manifest,
        "{\"title\": \"Films\", \"licence\": \"none\", \"form\": \"classification\","
        " \"labels\": [\"bad\", \"good\"], \"metric\": \"accuracy\","
        " \"files\": [{\"path\": \"films.tsv\", \"urls\": [\"" NOWHERE
        "\"], \"bytes\": %zu, \"sha256\": \"%s\"}],"
        " \"table\": {\"format\": \"tsv\", \"columns\": [\"text\", \"label\"],"
        " \"text\": [\"text\"], \"label\": \"label\", \"label_words\": [\"0\", \"1\"],"
        " \"header\": false}, \"splits\": {"
        "\"train\": {\"sources\": [{\"file\": \"films.tsv\", \"rows\": %d}], \"rows\": %d},"
        "\"validation\": {\"sources\": [{\"file\": \"films.tsv\", \"rows\": %d}], \"rows\": %d},"
        "\"test\": {\"sources\": [{\"file\": \"films.tsv\", \"rows\": %d}], \"rows\": %d}}}",
        strlen(rows), sha256 ? sha256 : hash_bytes(rows, strlen(rows)).text, count, count, count,
        count, count, count);
    write_file("datasets/films.json", manifest);
    write_file("mirror/films.tsv", rows);
}

static void use_task(const char *rows, const char *sha256, int count)
{
    write_task(rows, sha256, count);
    cli_rig_edit(TRIAL, "\"all\"", "[\"films\"]");
    cli_rig_edit(SCALE, "\"tokens\": 3000", "\"tokens\": 400");
}

/* Odd, but nothing is wrong: they run to the end. */
Test(bad_input, one_row_and_rows_of_one_class_are_data_too)
{
    use_task("good film\t1\n", NULL, 1);
    cli_rig_expect(cli_rig_run("run trial --scale mini"), 0, NULL);
    write_task("good film\t1\nfine play\t1\nfine film\t1\n", NULL, 3);
    cli_rig_expect(cli_rig_run("run trial --scale mini"), 0, NULL);
}

Test(bad_input, a_missing_file_says_where_to_put_it)
{
    use_task(ROWS, NULL, 4);
    remove("mirror/films.tsv");
    cli_rig_expect(cli_rig_run("run trial --scale mini"), 1, "cannot get file 'films.tsv'",
                   "try: set REPRISE_MIRROR to a folder that holds it, or put it at build/data/",
                   NULL);
    cr_expect_eq(cli_rig_count("build", "stage.json"), 0, "told before hours of work");
}

Test(bad_input, a_file_with_another_hash_is_never_used)
{
    use_task(ROWS, "320a10f92d3bce6b29152fde322a362eac39238e50d8de0c8815457fdf4fc12f", 4);
    cli_rig_expect(cli_rig_run("run trial --scale mini"), 2, "mirror/films.tsv", "has SHA-256",
                   "expected 320a10f92d3bce6b", "try: ", NULL);
}

Test(bad_input, a_row_with_too_few_fields_is_told_with_file_and_line)
{
    use_task("good film\t1\nbad film\nfine play\t1\n", NULL, 3);
    cli_rig_expect(
        cli_rig_run("run trial --scale mini"), 2, "films.tsv:2: 1 tab-separated fields, expected 2",
        "while reading split 'train' of data set 'films'", "try: compare the line", NULL);
}

Test(bad_input, a_metric_of_numbers_is_refused_for_classes)
{
    use_task(ROWS, NULL, 4);
    cli_rig_edit("datasets/films.json", "accuracy", "pearson");
    cli_rig_expect(cli_rig_run("plan trial --scale mini"), 2,
                   "data set 'films': its rows have classes, of which 'pearson' is no metric",
                   "try: accuracy, f1 or matthews", NULL);
}

Test(bad_input, a_bin_for_each_integer_of_a_wide_range_is_refused)
{
    write_file(
        "datasets/prices.json",
        "{\"title\": \"Prices\", \"licence\": \"none\", \"form\": \"regression\","
        " \"metric\": \"pearson\", \"target_low\": 0.5, \"target_high\": 99.5,"
        " \"files\": [{\"path\": \"prices.tsv\", \"urls\": [\"" NOWHERE
        "\"], \"sha256\": \"320a10f92d3bce6b29152fde322a362eac39238e50d8de0c8815457fdf4fc12f\"}],"
        " \"table\": {\"format\": \"tsv\", \"columns\": [\"a\", \"b\", \"price\"],"
        " \"text\": [\"a\", \"b\"], \"label\": \"price\", \"header\": false}, \"splits\": {"
        "\"train\": {\"sources\": [{\"file\": \"prices.tsv\", \"rows\": 9}], \"rows\": 9},"
        "\"validation\": {\"sources\": [{\"file\": \"prices.tsv\", \"rows\": 9}], \"rows\": 9},"
        "\"test\": {\"sources\": [{\"file\": \"prices.tsv\", \"rows\": 9}], \"rows\": 9}}}");
    cli_rig_edit(TRIAL, "\"all\"", "[\"prices\"]");
    cli_rig_expect(cli_rig_run("plan trial --scale mini"), 2,
                   "task 'prices': soft bins for targets from 0.5 to 99.5 would be 101, at most 64",
                   "try: finetune.regression \"squared-error\"", NULL);
    cli_rig_edit(TRIAL, "[\"prices\"]",
                 "[\"prices\"], \"finetune\": {\"regression\": \"squared-error\"}");
    CliRun run = cli_rig_run("plan trial --scale mini");
    cr_expect_eq(run.status, 0, "%s", run.err);
}

Test(bad_input, an_unknown_label_is_told_with_file_and_line)
{
    use_task("good film\t1\nbad film\t7\n", NULL, 2);
    cli_rig_expect(cli_rig_run("run trial --scale mini"), 2, "films.tsv:2: unknown label '7'",
                   "try: one of 0, 1", NULL);
}

Test(bad_input, an_empty_split_is_an_error)
{
    use_task("\n", NULL, 0);
    cli_rig_expect(cli_rig_run("run trial --scale mini"), 2, "films", "try: ", NULL);
    cr_expect_eq(cli_rig_count("build", "finetune.json"), 0);
}

Test(bad_input, bytes_that_are_not_text_do_not_stop_a_run_unexplained)
{
    use_task("good \xff\xfe film\t1\nbad film\t0\n", NULL, 2);
    CliRun run = cli_rig_run("run trial --scale mini");
    cr_expect_geq(run.status, 0, "ended by signal: %s", run.err);
}

Test(bad_input, a_truncated_archive_is_an_error)
{
    /* The first 20 bytes of a gzip file: a header and the beginning of a block. */
    static const char bytes[] = "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xed\xd1\x4d\x0a\xc2\x30"
                                "\x10\x86\x61\xd7";
    Error err = {0};
    char manifest[1024];
    snprintf(manifest, sizeof manifest,
             "{\"title\": \"Books\", \"licence\": \"none\", \"form\": \"corpus\", \"metric\":"
             " \"perplexity\", \"files\": [{\"path\": \"books.tar.gz\", \"urls\": [\"" NOWHERE
             "\"], \"bytes\": %zu, \"sha256\":"
             " \"%s\"}], \"documents\": {\"file\": \"books.tar.gz\", \"members\": \"*.txt\","
             " \"layout\": \"plain-books\", \"count\": 2}}",
             sizeof bytes - 1, hash_bytes(bytes, sizeof bytes - 1).text);
    write_file("datasets/cut-books.json", manifest);
    cr_assert(file_write("mirror/books.tar.gz", bytes, sizeof bytes - 1, &err), "%s", err.text);
    cli_rig_edit(SCALE, "tiny-books", "cut-books");
    CliRun run = cli_rig_run("run trial --scale mini");
    cr_expect(run.status == 1 || run.status == 2, "status %d", run.status);
    cli_rig_expect(run, run.status, "books.tar.gz",
                   "while reading the documents of data set 'cut-books'", NULL);
}

Test(bad_input, a_text_longer_than_the_context_is_cut_and_told)
{
    char rows[8000] = "bad film\t0\n";
    for (int i = 0; i < 300; i++) strcat(rows, "very ");
    strcat(rows, "good film\t1\n");
    use_task(rows, NULL, 2);
    cli_rig_expect(
        cli_rig_run("run trial --scale mini"), 0,
        "warning: films, train: 1 of 2 sequences were longer than the context of 64 tokens", NULL);
}

Test(bad_input, a_corpus_of_which_everything_is_held_out_is_told_at_once)
{
    cli_rig_edit("datasets/tiny-books.json", "\"books\": 5", "\"books\": 1");
    cli_rig_expect(cli_rig_run("run trial --scale mini"), 2,
                   "no training text is left: all 1 documents are held out",
                   "while planning cell 'default'", "try: a smaller corpus.held_out", NULL);
}

/* --- running ---------------------------------------------------------------------------------- */

Test(bad_input, a_loss_that_is_not_finite_says_when_and_what_to_change)
{
    cli_rig_edit(SCALE, "\"tokens\": 3000",
                 "\"tokens\": 30000, \"learning_rate\": 1.0, \"adam\": {\"beta2\": 0.0,"
                 " \"epsilon\": 1e-16, \"weight_decay\": 1.0, \"clip_norm\": 0.0}");
    cli_rig_expect(cli_rig_run("run trial --scale mini"), 1, "not a finite number",
                   "while stage pretrain (gpt on tiny-books)",
                   "try: lower pretrain.learning_rate or lengthen pretrain.warmup_updates", NULL);
    cr_expect_eq(cli_rig_count("build/store/tokens", "stage.json"), 1, "what is finished is kept");
    cr_expect_eq(cli_rig_count("build/store/pretrain", "stage.json"), 0);
}

Test(bad_input, a_damaged_stage_is_set_aside_and_made_again)
{
    cli_rig_edit(SCALE, "\"tokens\": 3000", "\"tokens\": 400");
    cli_rig_edit(SCALE, "[\"tiny-happy\", \"tiny-ending\"]", "[\"tiny-happy\"]");
    cli_rig_expect(cli_rig_run("run trial --scale mini"), 0, NULL);
    cr_assert_eq(cli_rig_count("build/store", "finetune.json"), 1);
    cli_rig_run("store list");
    Error err = {0};
    Arena *arena = arena_create("damage", &err);
    char **keys;
    size_t n;
    cr_assert(file_list(&keys, &n, "build/store/finetune", arena, &err) && n == 1);
    cr_assert(file_remove_tree(
        arena_format(arena, &err, "build/store/finetune/%s/weights.safetensors", keys[0]), &err));
    cli_rig_expect(cli_rig_run("run trial --scale mini"), 0, "weights.safetensors: is missing",
                   "is damaged: set aside as build/store/finetune/", NULL);
    arena_destroy(arena);
}

Test(bad_input, text_from_a_model_that_was_not_trained_yet_says_what_to_run)
{
    cli_rig_expect(cli_rig_run("generate trial --scale mini"), 1,
                   "the pre-training of cell 'default' is not done",
                   "try: reprise run trial --scale mini", "try: --checkpoint FILE", NULL);
}

#endif
