#include "question/experiment_fields.h"

#include <string.h>

#include "question/experiment_claim.h"

#define FORMAT_HELP "version of this format"

/* Not a member's name, so no macro of field.h makes it. */
/* Releases of clang-format set braces in macros differently. */
/* clang-format off */
#define SCHEMA_FIELD(S)                                                                            \
    { .name = "$schema", .type = SPEC_TYPE_TEXT, .offset = offsetof(S, schema),                    \
      .numerics_free = true, .help = "file with the JSON Schema, for editors" }
/* clang-format on */

static const SpecField experiment_fields[] = {
    SCHEMA_FIELD(ExperimentFields),
    SPEC_INT(ExperimentFields, format, SPEC_REQUIRED, 1, 1, FORMAT_HELP),
    SPEC_TEXT_REQUIRED(ExperimentFields, title, "what the experiment is called"),
    SPEC_TEXT(ExperimentFields, question, NULL, "what it asks, as one sentence"),
    SPEC_TEXT(ExperimentFields, description, NULL, "what a reader should know"),
    SPEC_TEXT(ExperimentFields, extends, NULL, "experiment whose document this one changes"),
    SPEC_STRUCTS(ExperimentFields, claims, &experiment_claim_table, "statements to test"),
    SPEC_TEXTS(ExperimentFields, measure,
               "what is measured: fine-tuning, zero-shot, context-window, position, rate; absent: "
               "fine-tuning"),
    SPEC_ANY(ExperimentFields, tasks,
             "list of data sets to fine-tune on, in which, or alone, \"all\" or \"few\" stands for "
             "the scale's; absent: all"),
    SPEC_ANY(ExperimentFields, zero_shot_tasks,
             "list of data sets to do without fine-tuning, in which, or alone, \"all\", \"pairs\" "
             "and \"cloze\" stand for the scale's: its zero_shot_tasks, pair_tasks and "
             "cloze_tasks; absent: all"),
    SPEC_ANY(ExperimentFields, variants,
             "object: name -> settings that differ; null takes an inherited one away; absent: one, "
             "\"default\""),
    SPEC_ANY(ExperimentFields, grid,
             "object: dotted path of a setting -> list of values, or \"scale\": its sweep of that "
             "path; every "
             "combination is run"),
    SPEC_ANY(
        ExperimentFields, select,
        "object: dotted path of a setting of finetune -> list of values, of which each variant "
        "takes, for each task, those with the best validation score; null: none, whatever the "
        "scale says"),
    SPEC_INT(ExperimentFields, select_seeds, 0, 0, 1000,
             "select by the first so many seeds; absent: the scale's; 0: by all of them",
             .sparse = true),
    SPEC_ANY(ExperimentFields, seeds,
             "list of seeds, or how many (then 1, 2, ...); absent: the scale's"),
    SPEC_STRUCT(ExperimentFields, report, &experiment_report_table, "table and figures to make"),
    SPEC_END,
};
const SpecTable experiment_fields_table = {"experiment", sizeof(ExperimentFields),
                                           experiment_fields, NULL};

static const SpecField scale_fields[] = {
    SCHEMA_FIELD(ScaleFields),
    SPEC_INT(ScaleFields, format, SPEC_REQUIRED, 1, 1, FORMAT_HELP),
    SPEC_TEXT_REQUIRED(ScaleFields, title, "what the scale is for"),
    SPEC_TEXT(ScaleFields, description, NULL, "machine, time and memory it needs"),
    SPEC_ANY(ScaleFields, tasks, "list of data sets, what \"all\" means at this scale",
             .required = true),
    SPEC_ANY(ScaleFields, few_tasks,
             "list of data sets, what \"few\" means at this scale: where every task is run many "
             "times; absent: all"),
    SPEC_ANY(ScaleFields, zero_shot_tasks,
             "list of data sets that are done without fine-tuning at this scale"),
    SPEC_ANY(ScaleFields, pair_tasks,
             "list of data sets of minimal pairs, what \"pairs\" means at this scale"),
    SPEC_ANY(ScaleFields, cloze_tasks,
             "list of data sets with a word missing in the middle, what \"cloze\" means at this "
             "scale"),
    SPEC_ANY(ScaleFields, seeds, "list of seeds, or how many (then 1, 2, ...)", .required = true),
    SPEC_ANY(ScaleFields, select,
             "object, as in experiments: what every experiment at this scale selects on validation "
             "data"),
    SPEC_INT(
        ScaleFields, select_seeds, 0, 0, 1000,
        "select by the first so many seeds: the others are run for what is chosen alone; 0: by "
        "all of them",
        .sparse = true),
    SPEC_ANY(ScaleFields, sweeps,
             "object: dotted path of a setting -> list of values at this scale, taken when an "
             "experiment's grid says \"scale\""),
    SPEC_ANY(
        ScaleFields, alternatives,
        "object: setting (\"model\") -> registry entry (\"lstm\") -> its fields at this scale, "
        "taken when an experiment names that entry; null: the scale has none, and leaves out "
        "variants of it with their claims"),
    SPEC_ANY(
        ScaleFields, companions,
        "object: setting (\"model\") -> registry entry (\"lstm\") -> other settings that go with "
        "it at this scale, such as its own learning rate"),
    SPEC_ANY(
        ScaleFields, experiments,
        "object: experiment -> settings, tasks and zero_shot_tasks that it has at this scale, and "
        "under \"variants\" the settings of single variants; a variant null: left out at this "
        "scale, with the claims that name it"),
    SPEC_END,
};
const SpecTable experiment_fields_scale_table = {"scale", sizeof(ScaleFields), scale_fields, NULL};

/* --- lists of data sets, and words for them ---------------------------------------------------- */

const char *const experiment_fields_task_lists[] = {"tasks",      "few_tasks",   "zero_shot_tasks",
                                                    "pair_tasks", "cloze_tasks", NULL};

static const ExperimentTaskWord task_words[] = {
    {"tasks", "all", "tasks", NULL},
    {"tasks", "few", "few_tasks", "tasks"},
    {"zero_shot_tasks", "all", "zero_shot_tasks", NULL},
    {"zero_shot_tasks", "pairs", "pair_tasks", NULL},
    {"zero_shot_tasks", "cloze", "cloze_tasks", NULL},
};

const ExperimentTaskWord *experiment_fields_task_word(const char *key, const char *word)
{
    for (size_t i = 0; i < sizeof task_words / sizeof *task_words; i++)
        if (strcmp(task_words[i].key, key) == 0 && strcmp(task_words[i].word, word) == 0)
            return &task_words[i];
    return NULL;
}
