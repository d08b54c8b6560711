/* What is asked of what was trained: answers, text, tokens, and why it would be trained again. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../scratch_folder.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/json.h"
#include "cli_rig.h"
#include "data/dataset/dataset.h"
#include "measure/score.h"

#ifndef REPRISE_DOUBLE /* the command is the same in both builds */

static Error err;
static Arena *arena;

static void begin(void)
{
    cli_rig_begin();
    err = (Error){0};
    arena = arena_create("predict", &err);
    cli_rig_edit("experiments/scales/mini.json", "\"tokens\": 3000", "\"tokens\": 400");
    cli_rig_edit("experiments/trial.json", "\"tasks\": \"all\"",
                 "\"tasks\": [\"tiny-happy\", \"tiny-ending\", \"tiny-pairs\"], \"variants\": "
                 "{\"full\": {}, \"scratch\": {\"pretrain\": null}}");
}

static void end(void)
{
    arena_destroy(arena);
    cli_rig_end();
}

TestSuite(asked_predict, .init = begin, .fini = end, .timeout = 120);

static void run_trial(void)
{
    CliRun run = cli_rig_run("run trial --scale mini");
    cr_assert_eq(run.status, 0, "%s", run.err);
}

static Examples test_examples(const char *name)
{
    Examples examples;
    const DatasetPlaces places = {"datasets", "build/data", NULL};
    const Dataset *dataset = dataset_open(name, &places, arena, &err);
    cr_assert(dataset && dataset_examples(&examples, dataset, SPLIT_TEST, arena, &err), "%s",
              err.text);
    return examples;
}

static void write_text(const char *path, const char *text)
{
    scratch_folder_write(path, text, strlen(text));
}

/* The texts of test examples, one a line. */
static void write_texts(const char *path, const Examples *examples)
{
    Buffer text = buffer_create(arena);
    for (size_t e = 0; e < examples->n; e++)
        for (int t = 0; t < examples->items[e].n_texts; t++)
            cr_assert(buffer_format(&text, &err, "%s%c", examples->items[e].text[t],
                                    t + 1 < examples->items[e].n_texts ? '\t' : '\n'));
    write_text(path, text.data);
}

/* What is stored of the evaluation of this title. */
static const Json *evaluation(const char *title)
{
    char **keys;
    size_t n;
    cr_assert(file_list(&keys, &n, "build/store/evaluate", arena, &err), "%s", err.text);
    for (size_t i = 0; i < n; i++) {
        const char *folder = arena_format(arena, &err, "build/store/evaluate/%s", keys[i]);
        const char *record = file_join(arena, folder, "stage.json", &err);
        if (!file_exists(record)) continue;
        const Json *stage = json_parse_file(record, arena, &err);
        if (!strcmp(json_text(json_get(stage, "title")), title))
            return json_parse_file(file_join(arena, folder, "evaluate.json", &err), arena, &err);
    }
    cr_assert_fail("no evaluation '%s'", title);
    return NULL;
}

/* Of one test example the probability of class or answer k. */
static double stored(const Json *evaluated, size_t example, int k)
{
    float output[16];
    double probability[16];
    const Json *outputs = json_at(json_get(json_get(evaluated, "test"), "outputs"), example);
    const int n = (int)json_size(outputs);
    for (int i = 0; i < n; i++) output[i] = (float)json_number(json_at(outputs, (size_t)i));
    score_probabilities(probability, output, n);
    return probability[k];
}

Test(asked_predict, a_file_of_test_examples_gets_the_probabilities_of_the_stored_evaluation)
{
    run_trial();
    const Examples examples = test_examples("tiny-happy");
    write_texts("mine.txt", &examples);
    CliRun run = cli_rig_run("predict trial --scale mini --task tiny-happy --file mine.txt");
    cr_assert_eq(run.status, 0, "%s", run.err);
    cli_rig_expect(run, 0, "trial at scale mini: 'full' on tiny-happy, seed 1", NULL);
    const Json *evaluated = evaluation("tiny-happy, full, seed 1");
    const char *line = strchr(run.out, '\n') + 1;
    cr_expect_eq(strncmp(run.out, "id\tprediction\tsad\thappy\ttext\n", 29), 0, "%s", run.out);
    for (size_t e = 0; e < examples.n; e++, line = strchr(line, '\n') + 1) {
        char id[64], word[64];
        double sad, happy;
        cr_assert_eq(sscanf(line, "%63[^\t]\t%63[^\t]\t%lf\t%lf", id, word, &sad, &happy), 4, "%s",
                     line);
        cr_expect_eq(sad, stored(evaluated, e, 0), "%s", line);
        cr_expect_eq(happy, stored(evaluated, e, 1), "%s", line);
        cr_expect_str_eq(word, happy > sad ? "happy" : "sad");
        cr_expect_str_eq(id, arena_format(arena, &err, "mine.txt:%zu", e + 1));
    }
    cr_expect_str_eq(line, "");
}

Test(asked_predict, answers_of_a_choice_and_of_another_cell_are_those_of_its_evaluation)
{
    run_trial();
    const Examples examples = test_examples("tiny-ending");
    write_texts("mine.tsv", &examples);
    CliRun run = cli_rig_run(
        "predict trial --scale mini --task tiny-ending --cell scratch --file mine.tsv --json");
    cr_assert_eq(run.status, 0, "%s", run.err);
    const Json *evaluated = evaluation("tiny-ending, scratch, seed 1");
    const char *line = run.out;
    for (size_t e = 0; e < examples.n; e++, line = strchr(line, '\n') + 1) {
        const Json *row =
            json_parse_text(line, (size_t)(strchr(line, '\n') - line), "row", arena, &err);
        cr_assert(row, "%s", err.text);
        const Json *probabilities = json_get(row, "probabilities");
        cr_assert_eq(json_size(probabilities), (size_t)examples.items[e].n_texts - 1);
        for (size_t k = 0; k < json_size(probabilities); k++)
            cr_expect_eq(json_number(json_at(probabilities, k)), stored(evaluated, e, (int)k));
        cr_expect_str_eq(json_text(json_at(json_get(row, "texts"), 1)), examples.items[e].text[1]);
    }
}

Test(asked_predict, texts_are_arguments_or_rows_of_a_format_that_is_said)
{
    run_trial();
    CliRun given = cli_rig_run("predict trial --scale mini --task tiny-pairs Tom Anna");
    cr_assert_eq(given.status, 0, "%s", given.err);
    write_text("pairs", "note,sentence2,sentence1\nx,Anna,Tom\n");
    CliRun read =
        cli_rig_run("predict trial --scale mini --task tiny-pairs --file pairs --format csv");
    cr_assert_eq(read.status, 0, "%s", read.err);
    cr_expect_str_eq(strstr(read.out, "pairs:2") + strlen("pairs:2"),
                     strstr(given.out, "\n1") + strlen("\n1"));
}

Test(asked_predict, what_is_missing_or_contradicts_itself_is_told)
{
    cli_rig_expect(cli_rig_run("predict trial --scale mini x"), 2,
                   "experiment 'trial' has 3 tasks: --task says", "one of tiny-happy, tiny-ending",
                   NULL);
    cli_rig_expect(cli_rig_run("predict trial --scale mini --task tiny-hapy x"), 2,
                   "has no task 'tiny-hapy'", "try: 'tiny-happy' (known: ", NULL);
    cli_rig_expect(cli_rig_run("predict trial --scale mini --task tiny-happy --cell ful x"), 2,
                   "has no cell 'ful'", "try: 'full' (known: full, scratch)", NULL);
    cli_rig_expect(cli_rig_run("predict trial --scale mini --task tiny-happy --seed 9 x"), 2,
                   "has no seed 9", NULL);
    cli_rig_expect(cli_rig_run("predict trial --scale mini --task tiny-happy x"), 1,
                   "the fine-tuning of cell 'full' is not done on task 'tiny-happy' with seed 1",
                   "try: reprise run trial --scale mini", NULL);
    cli_rig_expect(cli_rig_run("predict trial --scale mini --task tiny-happy --file f x"), 2,
                   "texts are given, and --file as well", NULL);
    run_trial();
    cli_rig_expect(cli_rig_run("predict trial --scale mini --task tiny-pairs x"), 2,
                   "a row of form 'similarity' has two texts, and 1 text is given",
                   "while asking about task 'tiny-pairs'", NULL);
    write_text("f", "a\n");
    cli_rig_expect(
        cli_rig_run("predict trial --scale mini --task tiny-happy --file f --format tvs"), 2,
        "--format 'tvs'", "try: 'tsv'", NULL);
}

Test(asked_predict, a_text_that_is_cut_is_told)
{
    run_trial();
    Buffer text = buffer_create(arena);
    for (int i = 0; i < 200; i++) cr_assert(buffer_add_text(&text, "Tom ", &err));
    write_text("long.txt", text.data);
    cli_rig_expect(cli_rig_run("predict trial --scale mini --task tiny-happy --file long.txt"), 0,
                   "1 of 1 sequences were longer than the context of 64 tokens and cut", NULL);
}

/* --- text ------------------------------------------------------------------------------------------ */

TestSuite(generate, .init = begin, .fini = end, .timeout = 120);

#define GENERATE "generate trial --scale mini --tokens 12"

Test(generate, a_tasks_model_writes_its_own_text_by_its_own_seed)
{
    run_trial();
    CliRun language = cli_rig_run(GENERATE), tuned = cli_rig_run(GENERATE " --task tiny-happy"),
           named = cli_rig_run(GENERATE " --task tiny-happy --cell full --seed 1"),
           scratch = cli_rig_run(GENERATE " --task tiny-happy --cell scratch"),
           other = cli_rig_run(GENERATE " --sample-seed 2");
    cr_assert(language.status == 0 && tuned.status == 0 && scratch.status == 0, "%s%s%s",
              language.err, tuned.err, scratch.err);
    cr_expect_eq(strncmp(tuned.out, "the", 3), 0, "%s", tuned.out);
    cr_expect_str_eq(named.out, tuned.out);
    cr_expect_str_neq(tuned.out, language.out);
    cr_expect_str_neq(tuned.out, scratch.out);
    cr_expect_str_neq(other.out, language.out);
}

static void run_trial_with_bert(void)
{
    cli_rig_edit("experiments/trial.json", "\"variants\": {",
                 "\"variants\": {\"bert\": {\"model\": {\"architecture\": \"bert\"}, \"pretrain\": "
                 "{\"objective\": \"masked-lm\"}, \"finetune\": {\"lm_coefficient\": 0}}, ");
    run_trial();
}

static const char *read_text(const char *path)
{
    char *bytes;
    size_t size;
    cr_assert(file_read(&bytes, &size, path, arena, &err), "%s", err.text);
    return bytes;
}

Test(generate, the_page_shows_text_of_a_masked_language_model_by_either_way)
{
    run_trial_with_bert();
    const char *page = read_text("results/trial/mini/v001/README.md");
    cr_expect(strstr(page,
                     "from left to right, each guessed under a mask at the end of the text so "
                     "far:\n\n    [the] "),
              "%s", page);
    cr_expect(strstr(page, "those behind it too:\n\n    [the] "), "%s", page);
    cr_expect(strstr(page, "likeliest tokens, each given those before it:\n\n    [the] "), "%s",
              page);
    cr_expect(strstr(read_text("results/trial/mini/v001/figures/pretraining.gp"),
                     "set title 'Loss of hidden tokens (masked-lm)'"));

    cli_rig_expect(cli_rig_run("report redraw results/trial/mini/v001 --out again"), 0, NULL);
    cr_expect_str_eq(read_text("again/README.md"), page);
    cli_rig_edit("results/trial/mini/v001/result.json", "\"gibbs_sweeps\": 8",
                 "\"gibbs_sweeps\": 0");
    cli_rig_expect(cli_rig_run("report redraw results/trial/mini/v001"), 2,
                   "result.json: $.models[0]: needs both gibbs, a text, and gibbs_sweeps", NULL);
}

Test(generate, a_masked_language_model_writes_by_either_way_and_not_behind_a_tasks_head)
{
    static const char bert[] = GENERATE " --cell bert";
    run_trial_with_bert();
    CliRun once = cli_rig_run(bert), again = cli_rig_run(bert),
           gibbs = cli_rig_run(GENERATE " --cell bert --gibbs 2");
    cr_assert(once.status == 0 && gibbs.status == 0, "%s%s", once.err, gibbs.err);
    cr_expect_eq(strncmp(once.out, "the", 3), 0, "%s", once.out);
    cr_expect_eq(strncmp(gibbs.out, "the", 3), 0, "%s", gibbs.out);
    cr_expect_str_eq(once.out, again.out);
    cr_expect_str_neq(once.out, gibbs.out);
    cli_rig_expect(cli_rig_run(GENERATE " --cell bert --task tiny-happy"), 2,
                   "of architecture 'bert' that was fine-tuned on a task cannot write",
                   "try: its pre-trained language model: without --task", NULL);
    cli_rig_expect(cli_rig_run(GENERATE " --cell full --gibbs 2"), 2,
                   "of architecture 'gpt' cannot write by Gibbs sampling",
                   "try: without --gibbs, from left to right", NULL);
}

Test(generate, a_cell_without_a_language_model_and_a_seed_without_a_task_are_told)
{
    cli_rig_expect(cli_rig_run(GENERATE " --cell scratch"), 2,
                   "cell 'scratch' of experiment 'trial' has no language model", NULL);
    cli_rig_expect(cli_rig_run(GENERATE " --cell ful"), 2, "has no cell 'ful'", "try: 'full'",
                   NULL);
    cli_rig_expect(cli_rig_run(GENERATE " --seed 1"), 2, "--seed is of a fine-tuning",
                   "no --task is given", NULL);
    cli_rig_expect(cli_rig_run(GENERATE " --task tiny-happy"), 1,
                   "the fine-tuning of cell 'full' is not done", NULL);
}

/* --- tokenizers ------------------------------------------------------------------------------------ */

TestSuite(tokenizer_names, .init = begin, .fini = end, .timeout = 120);

Test(tokenizer_names, an_experiments_name_stands_for_its_tokenizer)
{
    cli_rig_expect(cli_rig_run("tokenizer trial --scale mini Tom"), 1,
                   "the tokenizer of cell 'full' of experiment 'trial' is not there yet",
                   "try: reprise run trial --scale mini", NULL);
    run_trial();
    char **keys;
    size_t n;
    cr_assert(file_list(&keys, &n, "build/store/tokenizer", arena, &err) && n > 0, "%s", err.text);
    CliRun by_name = cli_rig_run("tokenizer trial --scale mini Tom"),
           by_folder = cli_rig_run(
               arena_format(arena, &err, "tokenizer build/store/tokenizer/%s Tom", keys[0]));
    cr_assert_eq(by_name.status, 0, "%s", by_name.err);
    cr_expect_str_eq(by_name.out, by_folder.out);
}

Test(tokenizer_names, the_rows_of_its_tasks_are_counted_or_those_of_a_data_set)
{
    run_trial();
    CliRun tasks = cli_rig_run("tokenizer trial --scale mini");
    cli_rig_expect(tasks, 0, "trial at scale mini, 'full': ", "the model's context is 64 of them",
                   NULL);
    cr_expect_eq(
        strncmp(tasks.out, "data set\tsplit\trows\tmean\tmedian\t95 %\tmost\tunknown\t", 48), 0,
        "%s", tasks.out);
    cr_expect(strstr(tasks.out, "\ntiny-happy\ttrain\t24\t") &&
                  strstr(tasks.out, "\ntiny-ending\ttest\t8\t"),
              "%s", tasks.out);
    CliRun corpus = cli_rig_run("tokenizer trial --scale mini --rows tiny-books");
    cr_assert_eq(corpus.status, 0, "%s", corpus.err);
    cr_expect(strstr(corpus.out, "\ntiny-books\tdocuments\t"), "%s", corpus.out);
}

/* A published vocabulary of WordPiece under the downloads, with the manifest of its data set. */
static void write_pieces(const char *pieces)
{
    HashText digest = hash_bytes(pieces, strlen(pieces));
    const char *manifest = arena_format(
        arena, &err,
        "{\"title\": \"P\", \"form\": \"tokenizer\", \"metric\": \"perplexity\", \"files\": "
        "[{\"path\": \"pieces/vocab.txt\", \"sha256\": \"%s\"}], \"tokenizer\": {\"method\": "
        "\"wordpiece\", \"vocabulary\": \"pieces/vocab.txt\", \"tokens\": 5}}",
        digest.text);
    cr_assert(manifest && file_write("datasets/pieces.json", manifest, strlen(manifest), &err) &&
                  file_write("build/data/pieces/vocab.txt", pieces, strlen(pieces), &err),
              "%s", err.text);
}

Test(tokenizer_names, a_published_vocabulary_of_pieces_is_asked_by_its_data_sets_name)
{
    write_pieces("[UNK]\nh\n##ello\n!\n##e\n");
    const CliRun run = cli_rig_run("tokenizer pieces H\u00E9llo!Tom");
    cr_assert_eq(run.status, 0, "%s", run.err);
    cr_expect_str_eq(run.out, "hello ! tom\nh ##ello ! [UNK]\n1 2 3 0\n");
    cli_rig_expect(cli_rig_run("data check pieces"), 0, NULL);
    write_pieces("[UNK]\nh\nh\n");
    cli_rig_expect(cli_rig_run("tokenizer pieces Hello"), 1,
                   "vocab.txt:3: the piece 'h' is there already, on line 2", NULL);
}

Test(tokenizer_names, what_has_none_is_told)
{
    cli_rig_expect(cli_rig_run("tokenizer tiny-happy Tom"), 2,
                   "data set 'tiny-happy' holds no tokenizer",
                   "try: reprise tokenizer EXPERIMENT --rows tiny-happy", NULL);
    cli_rig_expect(cli_rig_run("tokenizer trail --scale mini Tom"), 2, "'trail' is no experiment",
                   "try: 'trial'", NULL);
    cli_rig_expect(cli_rig_run("tokenizer trial --scale mini Tom --rows tiny-happy"), 2,
                   "one of them at a time", NULL);
}

/* --- explain --------------------------------------------------------------------------------------- */

TestSuite(explain_changes, .init = begin, .fini = end, .timeout = 120);

Test(explain_changes, a_setting_on_the_command_line_is_named_with_both_its_values)
{
    run_trial();
    CliRun run = cli_rig_run("explain trial --scale mini --set finetune.epochs=3");
    cr_assert_eq(run.status, 0, "%s", run.err);
    cr_expect(strstr(run.out, "finetune (tiny-happy, scratch, seed 1): to do\n"
                              "    finetune.epochs: 2 -> 3\n"),
              "%s", run.out);
    cr_expect(strstr(run.out, "12 of 16 stages to do; what was changed:\n"
                              "  finetune.epochs: 2 -> 3 (12 stages)\n"),
              "%s", run.out);
}

Test(explain_changes, all_experiments_are_explained_at_once)
{
    write_text("experiments/other.json", "{\"format\": 1, \"title\": \"Other\", \"tasks\": "
                                         "[\"tiny-happy\"], \"finetune\": {\"epochs\": 3}}");
    run_trial();
    CliRun run = cli_rig_run("explain all --scale mini");
    cr_assert_eq(run.status, 0, "%s", run.err);
    cr_expect(strstr(run.out, "finetune (tiny-happy, scratch, seed 1): cached\n") &&
                  strstr(run.out, "finetune (tiny-happy, default, seed 1): to do\n"),
              "%s", run.out);
}

#endif
