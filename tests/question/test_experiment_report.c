#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "experiment_rig.h"

TestSuite(experiment_report, .init = experiment_rig_begin, .fini = experiment_rig_end);

#define HEAD                                                                                       \
    "{\"format\": 1, \"title\": \"X\", \"variants\": {\"full\": {}, \"none\": {\"pretrain\": "     \
    "null}}"
#define GRID  ", \"grid\": {\"finetune.epochs\": [1, 2]}"
#define FILE_ "experiments/x.json: "

static ExperimentReport load(const char *report)
{
    char *text =
        arena_format(experiment_rig_arena(), &(Error){0}, HEAD GRID ", \"report\": %s}", report);
    return experiment_rig_load_text(text).report;
}

static void expect_error(const char *report, const char *message)
{
    char *text =
        arena_format(experiment_rig_arena(), &(Error){0}, HEAD GRID ", \"report\": %s}", report);
    experiment_rig_expect_error(text, message);
}

Test(experiment_report, is_empty_where_nothing_is_said)
{
    Experiment x = experiment_rig_load_text(HEAD "}");
    cr_expect_eq(x.report.n_figures, 0);
    cr_expect_null(x.report.figures);
    cr_expect_eq(x.report.n_groups, 0);
    cr_expect_null(json_get(x.document, "report"));
}

Test(experiment_report, a_word_is_a_figure_of_that_kind)
{
    ExperimentReport report = load("{\"figures\": [\"scores\", {\"kind\": \"grid\"}]}");
    cr_assert_eq(report.n_figures, 2);
    cr_expect_eq(report.figure[0].kind, EXPERIMENT_FIGURE_SCORES);
    cr_expect_eq(experiment_report_figure(&report, EXPERIMENT_FIGURE_GRID), &report.figure[1]);
    cr_expect_null(experiment_report_figure(&report, EXPERIMENT_FIGURE_RATE));
}

Test(experiment_report, columns_may_stand_under_headings)
{
    ExperimentReport report =
        load("{\"table\": {\"columns\": {\"A\": [\"cola\"], \"B\": [\"sst2\"]}}}");
    cr_assert_eq(report.n_groups, 2);
    cr_expect_str_eq(report.groups[1].title, "B");
    cr_expect_str_eq(report.groups[1].tasks.text[0], "sst2");
}

Test(experiment_report, gives_the_papers_score_of_a_row_and_task)
{
    ExperimentReport report =
        load("{\"table\": {\"paper\": {\"full\": {\"cola\": 45.4, \"mean\": 74.7}}}}");
    cr_expect_eq(experiment_report_paper(&report, "full", "cola"), 45.4);
    cr_expect_eq(experiment_report_paper(&report, "full", EXPERIMENT_REPORT_MEAN), 74.7);
    cr_expect(isnan(experiment_report_paper(&report, "full", "sst2")));
    cr_expect(isnan(experiment_report_paper(&report, "none", "cola")));
}

Test(experiment_report, knows_the_tasks_of_other_scales)
{
    experiment_rig_write("experiments/scales/large.json", "{\"tasks\": [\"race\"]}");
    ExperimentReport report = load("{\"table\": {\"paper\": {\"full\": {\"race\": 59}}}}");
    cr_expect_eq(experiment_report_paper(&report, "full", "race"), 59);
}

Test(experiment_report, is_inherited_and_merged)
{
    experiment_rig_write(
        "experiments/old.json",
        HEAD ", \"report\": {\"table\": {\"rows\": [\"none\"]}, \"figures\": [\"scores\"]}}");
    Experiment x =
        experiment_rig_load_text("{\"format\": 1, \"title\": \"Y\", \"extends\": \"old\","
                                 " \"report\": {\"figures\": [\"finetuning\", \"pretraining\"]}}");
    cr_expect_eq(x.report.n_figures, 2);
    cr_expect_eq(x.report.table.rows.n, 1);
}

Test(experiment_report, an_unknown_kind_names_the_nearest)
{
    expect_error("{\"figures\": [\"score\"]}",
                 FILE_ "$.report.figures[0].kind: unknown word 'score'\n"
                       "  try: 'scores' (known: scores, grid, tasks, zero-shot, context-window, "
                       "position, rate, pretraining, finetuning, convergence)");
}

Test(experiment_report, an_unknown_row_of_the_paper_names_the_nearest)
{
    expect_error("{\"table\": {\"paper\": {\"fulll\": {\"cola\": 45.4}}}}",
                 FILE_ "$.report.table.paper.fulll: unknown variant 'fulll'\n"
                       "  try: 'full' (known: 'full', 'none', 'full, epochs=1', 'full, epochs=2', "
                       "'none, epochs=1', 'none, epochs=2')");
}

Test(experiment_report, a_task_of_no_scale_is_an_error)
{
    expect_error("{\"table\": {\"columns\": [\"colla\"]}}",
                 FILE_ "$.report.table.columns: unknown task 'colla'\n"
                       "  try: 'cola' (known: cola, sst2)");
}

Test(experiment_report, a_path_that_no_grid_has_is_an_error)
{
    expect_error("{\"figures\": [{\"kind\": \"grid\", \"x\": \"finetune.epoch\"}]}",
                 FILE_ "$.report.figures[0].x: unknown path of the grid 'finetune.epoch'\n"
                       "  try: 'finetune.epochs' (known: finetune.epochs)");
}

Test(experiment_report, a_grid_figure_needs_a_grid)
{
    experiment_rig_expect_error(HEAD ", \"report\": {\"figures\": [\"grid\"]}}", FILE_
                                "$.report.figures[0]: a figure of kind 'grid' without a grid\n"
                                "  try: give the experiment a \"grid\", or take the figure away");
}

Test(experiment_report, a_figure_over_tasks_says_where_they_stand)
{
    expect_error("{\"figures\": [\"tasks\"]}",
                 FILE_ "$.report.figures[0].x: missing: where each task stands on the axis\n"
                       "  try: \"x\": {\"storyworld-recall-1\": 1, \"storyworld-recall-2\": 2}");
    expect_error("{\"figures\": [{\"kind\": \"tasks\", \"x\": {\"cola\": \"1\"}}]}",
                 FILE_ "$.report.figures[0].x.cola: expected a number, got text\n"
                       "  try: {\"storyworld-recall-1\": 1, \"storyworld-recall-2\": 2}");
}

Test(experiment_report, every_error_is_reported_at_once)
{
    Error err;
    Experiment experiment;
    experiment_rig_write("experiments/x.json", HEAD
                         ", \"report\": {\"table\": {\"columns\": 1, \"paper\": {\"full\": 2}},"
                         " \"figures\": [\"rate\", \"rate\", {\"kind\": \"scores\", \"x\": 1}]}}");
    cr_expect_not(experiment_rig_load(&experiment, "x", &err));
    const char *const wanted[] = {
        "$.report.table.columns: expected a list of tasks, got an integer",
        "$.report.table.paper.full: expected an object, got an integer",
        "$.report.figures[1]: a second figure of kind 'rate'",
        "$.report.figures[2].x: a figure of kind 'scores' has its own axis",
    };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        cr_expect(strstr(err.text, wanted[i]), "no %s in\n%s", wanted[i], err.text);
    cr_expect_eq(err.n_errors, 4, "%s", err.text);
}
