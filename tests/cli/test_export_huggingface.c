/* Models of a finished run as folders of Hugging Face's library, and those of its other families. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "../scratch_folder.h"
#include "cli_rig.h"
#include "export_rig.h"

#ifndef REPRISE_DOUBLE /* the command is the same in both builds */

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
    export_rig_run_trial();
    CliRun run = cli_rig_run(EXPORT);
    cr_assert_eq(run.status, 0, "%s", run.err);
    expect_files();
    cr_expect(strstr(run.out, "there/README.md says what it is and how it is opened"), "%s",
              run.out);
    cr_expect(strstr(scratch_folder_read("there/config.json"), "OpenAIGPTLMHeadModel"));
    const char *card = scratch_folder_read("there/README.md");
    cr_expect(strstr(card, "reprise run trial --scale mini") && strstr(card, "perplexity"), "%s",
              card);
    cr_expect_eq(cli_rig_count(".", "there.tmp-*"), 0);
}

Test(export_huggingface, a_task_of_classes_is_a_classifier_with_its_labels)
{
    export_rig_run_trial();
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
    export_rig_run_trial();
    cli_rig_expect(cli_rig_run(EXPORT " --task ratings"), 2, "adds the states of two sequences",
                   "OpenAIGPTForSequenceClassification cannot express",
                   "an architecture that is told the two texts apart", NULL);
    cr_expect_eq(cli_rig_count("there", "config.json"), 0);
}

Test(export_huggingface, a_folder_that_holds_something_stays_as_it_is)
{
    export_rig_run_trial();
    scratch_folder_write("there/mine.txt", "mine", 4);
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

/* The trial with another architecture, which is pre-trained by its own objective. */
static void run_tasks(const char *architecture, const char *pretrain, const char *finetune,
                      const char *tasks)
{
    char settings[512];
    snprintf(settings, sizeof settings,
             "\"format\": 1, \"model\": {\"architecture\": \"%s\", \"n_layer\": 1, \"n_head\": 2, "
             "\"n_channel\": 16, \"n_context\": 64}, \"pretrain\": {%s}, "
             "\"finetune\": {\"lm_coefficient\": 0%s},",
             architecture, pretrain, finetune);
    cli_rig_edit(EXPORT_RIG_TRIAL, "\"format\": 1,", settings);
    cli_rig_edit(EXPORT_RIG_TRIAL, "\"all\"", tasks);
    CliRun run = cli_rig_run("run trial --scale mini");
    cr_assert_eq(run.status, 0, "%s", run.err);
}

static void run_family(const char *architecture, const char *pretrain)
{
    run_tasks(architecture, pretrain, "", "[\"tiny-happy\"]");
}

static void expect_class(const char *command, const char *class_name)
{
    CliRun run = cli_rig_run(command);
    cr_assert_eq(run.status, 0, "%s", run.err);
    expect_files();
    const char *config = scratch_folder_read("there/config.json");
    cr_expect(strstr(config, class_name), "%s", config);
}

Test(export_huggingface, a_bert_is_masked_or_a_classifier)
{
    run_family("bert", "\"objective\": \"masked-lm\"");
    expect_class(EXPORT " --task tiny-happy", "BertForSequenceClassification");
    CliRun run = cli_rig_run("export huggingface trial --scale mini --out model");
    cr_assert_eq(run.status, 0, "%s", run.err);
    cr_expect(strstr(scratch_folder_read("model/config.json"), "BertForMaskedLM"));
    cr_expect(strstr(scratch_folder_read("model/tokenizer.json"), "[CLS]"));
    run = cli_rig_run("import huggingface model mine");
    cr_assert_eq(run.status, 0, "%s", run.err);
    cr_expect(strstr(run.out, "\"architecture\": \"bert\"") && strstr(run.out, "masked-lm"), "%s",
              run.out);
}

#define MASKED "\"objective\": \"masked-lm\""

/* The folder of a task, with this in its config.json and this in its card. */
static void expect_task(const char *task, const char *config, const char *card)
{
    char command[256], path[128];
    snprintf(command, sizeof command,
             "export huggingface trial --scale mini --task %s --out model-%s", task, task);
    CliRun run = cli_rig_run(command);
    cr_assert_eq(run.status, 0, "%s", run.err);
    snprintf(path, sizeof path, "model-%s/config.json", task);
    cr_expect(strstr(scratch_folder_read(path), config), "%s", scratch_folder_read(path));
    snprintf(path, sizeof path, "model-%s/README.md", task);
    cr_expect(strstr(scratch_folder_read(path), card), "%s", scratch_folder_read(path));
}

Test(export_huggingface, a_bert_of_each_form_is_the_class_that_answers_so)
{
    export_rig_write_ratings(true);
    run_tasks("bert", MASKED, ", \"regression\": \"squared-error\"",
              "[\"ratings\", \"tiny-pairs\", \"tiny-ending\"]");
    expect_task("tiny-pairs", "BertForSequenceClassification", "[\"a text\"], [\"another text\"]");
    expect_task("ratings", "\"problem_type\": \"regression\"", "on the scale of the data");
    expect_task("tiny-ending", "BertForMultipleChoice", "import AutoModelForMultipleChoice,");
}

Test(export_huggingface, a_number_of_shares_is_refused_with_the_setting_that_can_be_told)
{
    export_rig_write_ratings(true);
    run_tasks("bert", MASKED, "", "[\"ratings\"]");
    cli_rig_expect(cli_rig_run(EXPORT " --task ratings"), 2,
                   "task 'ratings' predicts a number as a mean of 6 shares",
                   "\"regression\": \"squared-error\"", NULL);
    cr_expect_eq(cli_rig_count(".", "config.json"), 0);
}

Test(export_huggingface, a_bert_that_was_asked_about_pairs_keeps_what_tells_them)
{
    run_family("bert", "\"objective\": \"masked-lm\", \"next_sentence\": true");
    expect_class(EXPORT, "BertForPreTraining");
    const char *header = scratch_folder_read("there/model.safetensors") + 8;
    cr_expect(strstr(header, "cls.seq_relationship.weight") &&
              strstr(header, "bert.pooler.dense.weight"));
    cr_expect(strstr(scratch_folder_read("there/README.md"), "AutoModelForPreTraining"));
    CliRun run = cli_rig_run("import huggingface there mine");
    cr_assert_eq(run.status, 0, "%s", run.err);
}

Test(export_huggingface, a_t5_answers_in_words)
{
    run_family("t5", "\"objective\": \"span-corruption\"");
    expect_class(EXPORT " --task tiny-happy", "T5ForConditionalGeneration");
    cr_expect(strstr(scratch_folder_read("there/tokenizer.json"), "<extra_id_99>"));
}

Test(export_huggingface, an_lstm_is_its_weights_with_their_layout)
{
    cli_rig_edit(EXPORT_RIG_TRIAL, "\"format\": 1,",
                 "\"format\": 1, \"model\": {\"architecture\": \"lstm\", \"n_layer\": 1, "
                 "\"n_hidden\": 8, \"n_channel\": 16, \"n_context\": 64},");
    export_rig_run_trial();
    CliRun run = cli_rig_run(EXPORT);
    cr_assert_eq(run.status, 0, "%s", run.err);
    cr_expect_eq(cli_rig_count("there", "weights.safetensors"), 1);
    cr_expect(strstr(scratch_folder_read("there/model.json"), "\"n_hidden\": 8"));
    cr_expect(strstr(scratch_folder_read("there/README.md"), "layer.L.recurrent.weight"));
}

#endif
