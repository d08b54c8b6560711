/* What fine-tuned models answer: to test examples exactly what their evaluation has. */
#include <criterion/criterion.h>
#include <string.h>

#include "../plan_rig.h"
#include "base/file.h"
#include "data/dataset/dataset.h"
#include "experiment/predict.h"
#include "experiment/predict_words.h"
#include "measure/score.h"
#include "stages/stage_evaluate.h"

TestSuite(predict, .init = plan_rig_begin, .fini = plan_rig_end);

static Error err;

#define SHORT                                                                                      \
    "\"pretrain\": {\"tokens\": 300, \"checkpoints\": 1}, \"finetune\": {\"epochs\": 1}, "         \
    "\"seeds\": 2, "

static Plan finished(const char *members)
{
    Plan plan = plan_rig_build(members);
    plan_rig_run(&plan);
    return plan;
}

static PredictModels models_of(const Plan *plan, const char *task, int64_t seed)
{
    PredictModels models;
    const PlanModelChoice choice = {.task = task, .seed = seed};
    cr_assert(predict_find(&models, plan, &choice, plan_rig_arena(), &err), "%s", err.text);
    return models;
}

static PredictAnswers answers_of(const PredictModels *models, const Examples *examples)
{
    PredictAnswers answers;
    cr_assert(predict_examples(&answers, models, examples, plan_rig_arena(), &err), "%s", err.text);
    return answers;
}

static Examples test_examples(const PredictModels *models)
{
    Examples examples;
    cr_assert(
        dataset_examples(&examples, models->task->dataset, SPLIT_TEST, plan_rig_arena(), &err),
        "%s", err.text);
    return examples;
}

/* What is stored of example e of the test split: outputs, and their probabilities. */
static size_t stored(double *probability, const EvaluateSplit *split, size_t e)
{
    float output[64];
    const Json *outputs = json_at(split->outputs, e);
    const size_t n = json_size(outputs);
    cr_assert_leq(n, sizeof output / sizeof *output);
    for (size_t k = 0; k < n; k++) output[k] = (float)json_number(json_at(outputs, k));
    score_probabilities(probability, output, (int)n);
    return n;
}

static void expect_stored(const PredictAnswers *answers, size_t e, const EvaluateSplit *split,
                          size_t at, bool is_number)
{
    double probability[64];
    const size_t n = stored(probability, split, at);
    cr_expect_eq(answers->predicted[e], split->predicted.items[at], "example %zu", at);
    cr_assert_eq((size_t)(answers->first[e + 1] - answers->first[e]), is_number ? 0 : n);
    for (size_t k = 0; k < n && !is_number; k++)
        cr_expect_eq(answers->probability[answers->first[e] + (int)k], probability[k],
                     "example %zu, %zu: %a", at, k, probability[k]);
}

/* All of them at once, and each alone. */
static void expect_as_evaluated(const Plan *plan, const char *task, int64_t seed)
{
    EvaluateScores scores;
    const PredictModels models = models_of(plan, task, seed);
    const Examples examples = test_examples(&models);
    const bool is_number = models.task->info->form == DATASET_REGRESSION;
    cr_assert(
        stage_evaluate_read(&scores, models.model[0].evaluate, models.task, plan_rig_arena(), &err),
        "%s", err.text);
    const PredictAnswers all = answers_of(&models, &examples);
    for (size_t e = 0; e < examples.n; e++) {
        const Examples one = {1, &examples.items[e]};
        const PredictAnswers alone = answers_of(&models, &one);
        cr_expect_str_eq(examples.items[e].id, scores.test.id.text[e]);
        expect_stored(&all, e, &scores.test, e, is_number);
        expect_stored(&alone, 0, &scores.test, e, is_number);
    }
}

Test(predict, a_test_example_has_the_bits_of_its_evaluation_whatever_the_form)
{
    Plan plan = finished(SHORT "\"tasks\": [\"tiny-happy\", \"tiny-ending\", \"tiny-pairs\"]");
    for (int t = 0; t < plan.n_tasks; t++)
        for (int64_t seed = 1; seed <= 2; seed++)
            expect_as_evaluated(&plan, plan.tasks[t].name, seed);
}

#define RELATED                                                                                    \
    "{\"title\": \"Related?\", \"licence\": \"free\", \"form\": \"regression\", \"metric\": "      \
    "\"pearson\", \"target_low\": 0, \"target_high\": 5, \"generator\": {\"world\": "              \
    "\"storyworld\", \"part\": \"relatedness\", \"seed\": 1, \"train\": 24, \"validation\": 8, "   \
    "\"test\": 8}}"

Test(predict, a_number_has_too_and_so_have_models_from_scratch_and_in_bfloat16)
{
    plan_rig_use_dataset("related", RELATED);
    Plan plan = finished(SHORT "\"tasks\": [\"related\"]");
    expect_as_evaluated(&plan, "related", 2);
    plan_rig_use_store("scratch");
    plan = finished("\"pretrain\": null, \"finetune\": {\"epochs\": 1, \"precision\": \"bf16\"}, "
                    "\"seeds\": 2, \"tasks\": [\"tiny-pairs\"]");
    expect_as_evaluated(&plan, "tiny-pairs", 1);
}

Test(predict, several_seeds_answer_by_their_mean)
{
    Plan plan = finished(SHORT "\"tasks\": [\"tiny-happy\"]");
    const PredictModels both = models_of(&plan, NULL, -1), first = models_of(&plan, NULL, 1),
                        second = models_of(&plan, NULL, 2);
    cr_assert_eq(both.n, 2);
    const Examples examples = test_examples(&both);
    const PredictAnswers mean = answers_of(&both, &examples), a = answers_of(&first, &examples),
                         b = answers_of(&second, &examples);
    bool differ = false;
    for (size_t e = 0; e < examples.n; e++) {
        const double *p = mean.probability + mean.first[e];
        for (int k = 0; k < 2; k++) {
            const int at = mean.first[e] + k;
            cr_expect_eq(p[k], (a.probability[at] + b.probability[at]) / 2);
            differ |= a.probability[at] != b.probability[at];
        }
        cr_expect_eq(mean.predicted[e], p[1] > p[0] ? 1 : 0);
    }
    cr_expect(differ);
}

Test(predict, a_model_that_the_store_no_longer_holds_is_told_with_the_run_that_makes_it)
{
    PredictModels models;
    Plan plan = finished(SHORT "\"tasks\": [\"tiny-happy\"]");
    cr_assert(file_remove_tree(plan.cells[0].finetune[1]->folder, &err), "%s", err.text);
    plan = plan_rig_build(SHORT "\"tasks\": [\"tiny-happy\"]");
    const PlanModelChoice all = {.seed = -1}, first = {.seed = 1};
    cr_expect(predict_find(&models, &plan, &first, plan_rig_arena(), &err), "%s", err.text);
    cr_expect_not(predict_find(&models, &plan, &all, plan_rig_arena(), &err));
    cr_expect(strstr(err.text, "the fine-tuning of cell 'default' is not done on task 'tiny-happy' "
                               "with seed 2\n  try: reprise run trial --scale mini"),
              "%s", err.text);
}

Test(predict, of_several_tasks_one_is_to_be_named)
{
    PredictModels models;
    Plan plan = plan_rig_build("\"tasks\": [\"tiny-happy\", \"tiny-pairs\"]");
    const PlanModelChoice none = {.seed = -1}, wrong = {.task = "tiny-pair", .seed = -1},
                          cell = {.cell = "defalt", .task = "tiny-pairs", .seed = -1};
    cr_expect_not(predict_find(&models, &plan, &none, plan_rig_arena(), &err));
    cr_expect(strstr(err.text, "try: one of tiny-happy, tiny-pairs"), "%s", err.text);
    error_clear(&err);
    cr_expect_not(predict_find(&models, &plan, &wrong, plan_rig_arena(), &err));
    cr_expect(strstr(err.text, "try: 'tiny-pairs' (known: tiny-happy, tiny-pairs)"), "%s",
              err.text);
    error_clear(&err);
    cr_expect_not(predict_find(&models, &plan, &cell, plan_rig_arena(), &err));
    cr_expect(strstr(err.text, "try: 'default'"), "%s", err.text);
}

/* --- in words -------------------------------------------------------------------------------------- */

/* Answers that nobody computed. */
static const char *words(DatasetForm form, bool (*write)(Buffer *, const PredictWords *, Error *))
{
    static const char *const labels[] = {"sad", "happy"};
    static const char *one[] = {"a\tb"}, *two[] = {"c", "d", "e"};
    static Example rows[] = {{.id = "x:1", .text = one, .n_texts = 1},
                             {.id = "x:2", .text = two, .n_texts = 3}};
    static int first[] = {0, 2};
    static double probability[] = {0.25, 0.75}, predicted[] = {1};
    static int none[] = {0, 0};
    static double number[] = {2.5};
    const bool choice = form == DATASET_MULTIPLE_CHOICE, is_number = form == DATASET_REGRESSION;
    const DatasetInfo info = {
        .form = form, .n_labels = 2, .label_names = choice || is_number ? NULL : labels};
    const StageTask task = {.name = "t", .info = &info};
    const PredictModels models = {.task = &task};
    rows[1].n_texts = is_number ? 2 : 3;
    const Examples examples = {1, form == DATASET_CLASSIFICATION ? &rows[0] : &rows[1]};
    const PredictAnswers answers = {&examples, is_number ? none : first, probability,
                                    is_number ? number : predicted};
    Buffer text = buffer_create(plan_rig_arena());
    cr_assert(write(&text, &(PredictWords){&models, &answers}, &err), "%s", err.text);
    return text.data;
}

static bool at_80(Buffer *text, const PredictWords *said, Error *error)
{
    return predict_words_terminal(text, said, 80, error);
}

Test(predict, programs_get_a_column_a_class_or_an_object_a_line)
{
    cr_expect_str_eq(words(DATASET_CLASSIFICATION, predict_words_tsv),
                     "id\tprediction\tsad\thappy\ttext\nx:1\thappy\t0.25\t0.75\ta\\tb\n");
    cr_expect_str_eq(words(DATASET_MULTIPLE_CHOICE, predict_words_tsv),
                     "id\tprediction\t0\t1\tcontext\nx:2\t1\t0.25\t0.75\tc\n");
    cr_expect_str_eq(words(DATASET_REGRESSION, predict_words_tsv),
                     "id\tprediction\tsentence1\tsentence2\nx:2\t2.5\tc\td\n");
    cr_expect_str_eq(words(DATASET_CLASSIFICATION, predict_words_json),
                     "{\"id\":\"x:1\",\"prediction\":\"happy\",\"probabilities\":{\"happy\":0.75,"
                     "\"sad\":0.25},\"texts\":[\"a\\tb\"]}\n");
    cr_expect_str_eq(words(DATASET_MULTIPLE_CHOICE, predict_words_json),
                     "{\"id\":\"x:2\",\"prediction\":1,\"probabilities\":[0.25,0.75],\"texts\":"
                     "[\"c\",\"d\",\"e\"]}\n");
    cr_expect_str_eq(words(DATASET_REGRESSION, predict_words_json),
                     "{\"id\":\"x:2\",\"prediction\":2.5,\"texts\":[\"c\",\"d\"]}\n");
}

Test(predict, people_get_the_likeliest_first)
{
    cr_expect_str_eq(words(DATASET_CLASSIFICATION, at_80), "  75.0 %  happy\n  25.0 %  sad\n");
    cr_expect_str_eq(words(DATASET_MULTIPLE_CHOICE, at_80), "  75.0 %  e\n  25.0 %  d\n");
    cr_expect_str_eq(words(DATASET_REGRESSION, at_80), "2.500\n");
}
