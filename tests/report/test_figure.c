/* Figures of made-up outcomes. What they look like is seen with
 *
 *     REPRISE_FIGURES=/tmp/figures make test LAYER=report */
#include "report/figure/figures.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "figure_rig.h"
#include "../drawing_programs.h"
#include "../outcome_rig.h"

TestSuite(figure, .init = outcome_rig_begin, .fini = outcome_rig_end);

static const char *const long_variants[] = {
    "Transformer, auxiliary language model (full)",
    "Transformer, no pre-training",
    "Transformer, no auxiliary language model",
    "LSTM, auxiliary language model",
    "LSTM, no pre-training",
    "Transformer, frozen embeddings",
    "Transformer, half the width",
    "Transformer, twice the depth",
};
static const char *const long_tasks[] = {
    "storyworld-acceptability", "storyworld-sentiment", "storyworld-entailment",
    "storyworld-similarity",    "storyworld-ending",    "storyworld-recall-16",
    "storyworld-pronouns",      "multinli-mismatched",
};
static const char *const paper_tasks[] = {"cola", "sst2", "mrpc", "stsb",
                                          "qqp",  "mnli", "qnli", "rte"};

static Result *draw(const FigureRigPlan *plan)
{
    Error err = {0};
    drawing_programs_need();
    Result *result = figure_rig_result(plan);
    cr_assert(figures_write_all(result, result->folder, &err) &&
                  figures_plot_all(result, result->folder, &err),
              "%s", err.text);
    return result;
}

static void expect(const Result *result, const char *file, const char *part)
{
    const char *text = figure_rig_read(result, file);
    cr_expect(strstr(text, part), "no '%s' in\n%s", part, text);
}

Test(figure, scores_of_many_tasks_stand_below_one_another)
{
    Result *result = draw(&(FigureRigPlan){.name = "table5",
                                           .n_variants = 4,
                                           .n_tasks = 8,
                                           .n_seeds = 3,
                                           .variants = long_variants,
                                           .tasks = paper_tasks,
                                           .report = "{\"figures\": [\"scores\", \"finetuning\", "
                                                     "\"pretraining\", \"convergence\"]}"});
    expect(result, "scores.gp", "with xerrorbars");
}

/* Gnuplot draws no point beyond the border, by however little. */
Test(figure, pretraining_has_room_for_its_last_checkpoint)
{
    Result *result = draw(&(FigureRigPlan){.name = "last-checkpoint",
                                           .n_variants = 1,
                                           .n_tasks = 1,
                                           .n_seeds = 1,
                                           .report = "{\"figures\": [\"pretraining\"]}"});
    const char *range = strstr(figure_rig_read(result, "pretraining.gp"), "set xrange [0:");
    cr_assert(range);
    cr_expect_geq(strtod(range + strlen("set xrange [0:"), NULL), 2.048003);
}

/* How often a text stands in another. */
static int count(const char *text, const char *part)
{
    int n = 0;
    for (const char *at = strstr(text, part); at; at = strstr(at + 1, part)) n++;
    return n;
}

/* Four language models, of which these cells are asked for something else than next tokens. */
static Result *draw_asked(const char *name, const char *second, const char *fourth)
{
    static const char *const models[] = {"GPT", "BERT", "LSTM", "T5"};
    Error err = {0};
    drawing_programs_need();
    Result *result =
        figure_rig_result(&(FigureRigPlan){.name = name,
                                           .n_variants = 4,
                                           .n_tasks = 1,
                                           .n_seeds = 1,
                                           .variants = models,
                                           .probe = PROBE_ZERO_SHOT,
                                           .n_probe_points = 2,
                                           .report = "{\"figures\": [\"pretraining\"]}"});
    if (second) outcome_rig_objective(result->experiment, 1, second);
    if (fourth) outcome_rig_objective(result->experiment, 3, fourth);
    cr_assert(figures_write_all(result, result->folder, &err) &&
                  figures_plot_all(result, result->folder, &err),
              "%s", err.text);
    return result;
}

static const char across[] = "within a panel, not across panels";

Test(figure, losses_of_different_objectives_have_panels_that_say_what_they_are_of)
{
    Error err = {0};
    Result *result = draw_asked("objectives", "masked-lm", "span-corruption");
    const char *script = figure_rig_read(result, "pretraining.gp");
    const char *next = strstr(script, "set title 'Loss of next tokens (causal-lm)'"),
               *hidden = strstr(script, "set title 'Loss of hidden tokens (masked-lm)'"),
               *spans = strstr(script, "set title 'Loss of spans cut out (span-corruption)'");
    cr_assert(next && hidden && spans && next < hidden && hidden < spans, "%s", script);
    cr_expect_eq(count(script, "set title 'Loss"), 3);
    cr_expect_eq(count(script, "set xlabel 'tokens trained on (millions)'"), 2, "and in the end");
    const char *lstm = strstr(script, "($1 == 2 && $2 == 1"), *bert = strstr(hidden, "$1 == 1");
    cr_expect(lstm && lstm < hidden, "the LSTM stands with GPT");
    cr_expect(bert && bert < spans);
    cr_expect_null(strstr(spans, "$1 == 2"));
    cr_expect_eq(count(script, "set label \"windows trained on\""), 1);
    Buffer page = buffer_create(outcome_rig_arena());
    cr_assert(figures_show_all(&page, result, &err), "%s", err.text);
    cr_expect(strstr(page.data, across), "%s", page.data);
}

Test(figure, losses_of_one_objective_share_a_panel_without_a_title)
{
    Error err = {0};
    Result *result = draw_asked("one-objective", NULL, NULL);
    const char *script = figure_rig_read(result, "pretraining.gp");
    cr_expect_null(strstr(script, "set title '"), "%s", script);
    cr_expect_eq(count(script, "set xlabel 'tokens"), 1);
    Buffer page = buffer_create(outcome_rig_arena());
    cr_assert(figures_show_all(&page, result, &err), "%s", err.text);
    cr_expect_null(strstr(page.data, across), "%s", page.data);
}

/* Scores of one metric share an axis; their mean has its own. */
Test(figure, scores_have_a_panel_a_metric)
{
    Result *result = draw(&(FigureRigPlan){
        .name = "few", .n_variants = 2, .n_tasks = 2, .n_seeds = 3, .tasks = long_tasks});
    expect(result, "scores.gp", "set xlabel \"accuracy\"");
    expect(result, "scores.gp", "set xlabel \"mean, as in the paper\"");
    expect(result, "scores.gp", "84 mm wide, letters of 7 points");
}

Test(figure, a_grid_is_not_repeated_as_scores_in_unrelated_colours)
{
    Result *result = draw(&(FigureRigPlan){.name = "no-scores",
                                           .n_variants = 2,
                                           .n_tasks = 2,
                                           .n_seeds = 2,
                                           .path = "finetune.transfer_layers",
                                           .values = "[0, 1, 2]"});
    Error err = {0};
    char *path = file_join(outcome_rig_arena(), result->folder, "figures/scores.gp", &err);
    cr_expect_not(file_exists(path));
    expect(result, "grid.gp", "plot");
}

Test(figure, eight_long_names_have_room)
{
    Result *result = draw(&(FigureRigPlan){.name = "long",
                                           .n_variants = 8,
                                           .n_tasks = 8,
                                           .n_seeds = 2,
                                           .variants = long_variants,
                                           .tasks = long_tasks,
                                           .report = "{\"figures\": [\"scores\", \"finetuning\", "
                                                     "\"pretraining\", \"convergence\"]}"});
    expect(result, "finetuning.gp", "Transformer, twice the depth");
}

Test(figure, a_grid_is_a_line_a_variant_with_all_layers_last)
{
    Result *result = draw(&(FigureRigPlan){.name = "layers",
                                           .n_variants = 2,
                                           .n_tasks = 5,
                                           .n_seeds = 3,
                                           .variants = long_variants,
                                           .tasks = long_tasks,
                                           .path = "finetune.transfer_layers",
                                           .values = "[0, 1, 2, 4, 6, 9, \"all\"]"});
    expect(result, "grid.csv", ",12,");
    expect(result, "grid.gp", "set xlabel \"layers transferred\"");
}

Test(figure, a_grid_of_one_variant_may_have_a_line_a_task)
{
    Result *result = draw(&(FigureRigPlan){
        .name = "layers-one",
        .n_variants = 1,
        .n_tasks = 2,
        .n_seeds = 3,
        .tasks = long_tasks,
        .path = "finetune.transfer_layers",
        .values = "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]",
        .report = "{\"figures\": [{\"kind\": \"grid\", \"panels\": \"variants\"}]}"});
    expect(result, "grid.gp", "storyworld-sentiment");
}

Test(figure, zero_on_a_logarithmic_axis_stands_apart)
{
    Result *result = draw(&(FigureRigPlan){.name = "lambda",
                                           .n_variants = 1,
                                           .n_tasks = 4,
                                           .n_seeds = 3,
                                           .tasks = long_tasks,
                                           .path = "finetune.lm_coefficient",
                                           .values = "[0, 0.125, 0.25, 0.5, 1, 2]"});
    expect(result, "grid.gp", "'0' -1.38");
}

Test(figure, many_lines_have_bars_instead_of_bands)
{
    Result *result = draw(&(FigureRigPlan){.name = "tokens",
                                           .n_variants = 8,
                                           .n_tasks = 3,
                                           .n_seeds = 3,
                                           .variants = long_variants,
                                           .tasks = paper_tasks,
                                           .path = "pretrain.tokens",
                                           .values = "[100000, 250000, 500000, 1000000, 2500000]",
                                           .report = "{\"figures\": [\"grid\"]}"});
    expect(result, "grid.gp", "with vectors");
    cr_expect_null(strstr(figure_rig_read(result, "grid.gp"), "filledcurves"));
}

Test(figure, only_the_mean_is_one_panel)
{
    Result *result = draw(
        &(FigureRigPlan){.name = "mean",
                         .n_variants = 4,
                         .n_tasks = 8,
                         .n_seeds = 3,
                         .tasks = paper_tasks,
                         .path = "finetune.epochs",
                         .values = "[1, 2, 3, 4, 6, 8]",
                         .report = "{\"figures\": [{\"kind\": \"grid\", \"panels\": \"mean\"}]}"});
    cr_expect_null(strstr(figure_rig_read(result, "grid.csv"), "cola"));
}

Test(figure, tasks_stand_at_their_numbers)
{
    Result *result = draw(&(FigureRigPlan){
        .name = "recall",
        .n_variants = 2,
        .n_tasks = 3,
        .n_seeds = 3,
        .report = "{\"figures\": [{\"kind\": \"tasks\", \"axis\": \"distance (sentences)\","
                  " \"x\": {\"beta\": 16, \"alpha\": 4, \"gamma\": 1}}]}"});
    expect(result, "tasks.csv", "0,1,");
    expect(result, "tasks.gp", "set xlabel \"distance (sentences)\"");
}

Test(figure, zero_shot_has_a_panel_a_task_and_a_line_a_model)
{
    static const char *const models[] = {"Transformer", "LSTM"};
    Result *result = draw(&(FigureRigPlan){.name = "zero-shot",
                                           .n_variants = 2,
                                           .n_tasks = 5,
                                           .n_seeds = 2,
                                           .variants = models,
                                           .tasks = long_tasks,
                                           .probe = PROBE_ZERO_SHOT,
                                           .n_probe_points = 9,
                                           .report = "{\"figures\": [\"zero-shot\"]}"});
    expect(result, "zero-shot.gp", "set title \"storyworld-ending\"");
    expect(result, "zero-shot.gp", "set label \"Transformer\"");
    expect(result, "zero-shot.gp", "set xrange [-0"); /* a true 0 */
    expect(result, "zero-shot.gp", "174 mm wide");
}

Test(figure, context_windows_stand_on_a_logarithmic_axis)
{
    static const char *const models[] = {"Transformer", "LSTM"};
    Result *result = draw(&(FigureRigPlan){.name = "window",
                                           .n_variants = 2,
                                           .n_tasks = 1,
                                           .n_seeds = 2,
                                           .variants = models,
                                           .probe = PROBE_CONTEXT_WINDOW,
                                           .n_probe_points = 7,
                                           .report = "{\"figures\": [\"context-window\"]}"});
    expect(result, "context-window.gp", "set xlabel \"preceding tokens given, k\"");
}

Test(figure, positions_of_a_long_context_are_marked_now_and_then)
{
    static const char *const models[] = {"Transformer", "LSTM"};
    Result *result = draw(&(FigureRigPlan){.name = "position",
                                           .n_variants = 2,
                                           .n_tasks = 1,
                                           .n_seeds = 2,
                                           .variants = models,
                                           .probe = PROBE_POSITION,
                                           .n_probe_points = 64,
                                           .report = "{\"figures\": [\"position\"]}"});
    expect(result, "position.gp", ":($6 == 1 ? $3 : NaN) with points");
}

Test(figure, rates_come_from_the_timings)
{
    static const char *const models[] = {"Transformer", "LSTM"};
    Result *result = draw(&(FigureRigPlan){.name = "rate",
                                           .n_variants = 2,
                                           .n_tasks = 1,
                                           .n_seeds = 2,
                                           .variants = models,
                                           .probe = PROBE_TRAINING_RATE,
                                           .n_probe_points = 6,
                                           .report = "{\"figures\": [\"rate\"]}"});
    expect(result, "rate.csv", ",LSTM,");
    expect(result, "rate.gp", "set yrange [0:");
}

Test(figure, what_there_are_no_values_for_is_not_drawn)
{
    Result *result = figure_rig_result(&(FigureRigPlan){.name = "none",
                                                        .n_variants = 1,
                                                        .n_tasks = 1,
                                                        .n_seeds = 1,
                                                        .report = "{\"figures\": [\"position\"]}"});
    Error err = {0};
    Buffer page = buffer_create(outcome_rig_arena());
    cr_assert(figures_show_all(&page, result, &err), "%s", err.text);
    cr_expect_eq(page.size, 0);
}

Test(figure, cells_with_one_language_model_are_one_line)
{
    Result *result =
        figure_rig_result(&(FigureRigPlan){.name = "shared",
                                           .n_variants = 2,
                                           .n_tasks = 1,
                                           .n_seeds = 1,
                                           .path = "finetune.epochs",
                                           .values = "[1, 2]",
                                           .probe = PROBE_CONTEXT_WINDOW,
                                           .n_probe_points = 3,
                                           .report = "{\"figures\": [\"context-window\"]}"});
    NumbersPretrain *pretrain =
        result->numbers->pretrains.items; /* of the first cell, of the second */
    pretrain[0].cells.text[pretrain[0].cells.n++] = pretrain[1].cells.text[0];
    pretrain[1].cells.n = 0;
    Error err = {0};
    drawing_programs_need();
    cr_assert(figures_write_all(result, result->folder, &err) &&
                  figures_plot_all(result, result->folder, &err),
              "%s", err.text);
    expect(result, "context-window.csv", ",full,");
    cr_expect_null(strstr(figure_rig_read(result, "context-window.csv"), "full, value=2"));
}
