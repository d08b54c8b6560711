#include "report/table/tables.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "figure_rig.h"
#include "report/table/table_scores.h"
#include "report/table/table_terminal.h"
#include "../outcome_rig.h"
#include "../scratch_folder.h"
#include "base/program.h"

TestSuite(table, .init = outcome_rig_begin, .fini = outcome_rig_end);

static bool by_cell(int cell, int task, int seed, int example)
{
    (void)task, (void)seed;
    return example % 10 < (cell == 0 ? 9 : 7);
}

static bool nearly_alike(int cell, int task, int seed, int example)
{
    (void)task, (void)seed;
    return example < (cell == 0 ? 72 : 71);
}

static Buffer markdown, latex, floating, html;

static void write(OutcomeRigPlan rig, const char *first_cell)
{
    Error err = {0};
    Table table;
    Outcome *outcome = outcome_rig_make(&rig);
    if (first_cell) ((ExperimentCell *)outcome->plan->experiment->cells)[0].name = first_cell;
    const Result *result = outcome_rig_result(outcome);
    markdown = buffer_create(outcome_rig_arena());
    latex = buffer_create(outcome_rig_arena());
    html = buffer_create(outcome_rig_arena());
    cr_assert(table_scores_make(&table, result, &err) &&
                  table_markdown.write(&markdown, &table, &err) &&
                  table_latex.write(&latex, &table, &err) && table_html.write(&html, &table, &err),
              "%s", err.text);
}

static const OutcomeRigPlan one_task = {2, 1, 3, 100, by_cell};

static Buffer terminal;

static size_t widest_line(const char *text)
{
    size_t widest = 0;
    for (size_t columns = 0; *text; text++) {
        columns = *text == '\n' ? 0 : columns + (((unsigned char)*text & 0xC0) != 0x80);
        if (columns > widest) widest = columns;
    }
    return widest;
}

static void write_terminal(OutcomeRigPlan rig, size_t width)
{
    Error err = {0};
    Table table;
    const Result *result = outcome_rig_result(outcome_rig_make(&rig));
    terminal = buffer_create(outcome_rig_arena());
    cr_assert(table_scores_make(&table, result, &err) &&
                  table_terminal(&terminal, &table, width, &err),
              "%s", err.text);
    cr_expect_leq(widest_line(terminal.data), width, "%s", terminal.data);
}

static void expect(const Buffer *text, const char *part)
{
    cr_expect(strstr(text->data, part), "no '%s' in\n%s", part, text->data);
}

Test(table, the_best_score_of_a_column_is_bold)
{
    write(one_task, NULL);
    expect(&markdown, "| full | **90.0** [");
    expect(&markdown, "| scratch | 70.0 [");
    expect(&latex, "full & \\begin{tabular}[t]{@{}r@{}}\\textbf{90.0}\\\\{\\scriptsize [");
}

Test(table, at_a_terminal_is_aligned_and_marks_with_stars)
{
    write_terminal(one_task, 120);
    expect(&terminal, "\nfull ");
    expect(&terminal, " 90.0** [");
    expect(&terminal, " (91.3)\n");
    expect(&terminal, "- ** best of its column");
    expect(&terminal, "In brackets the paper's own numbers");
    cr_expect_not(strstr(terminal.data, "Bold") || strstr(terminal.data, "italics"));
}

Test(table, at_a_narrow_terminal_has_intervals_below_and_columns_in_parts)
{
    const OutcomeRigPlan rig = {2, 3, 3, 100, by_cell};
    write_terminal(rig, 200);
    char *whole = strstr(terminal.data, "─\n");
    cr_expect(whole && !strstr(whole + 1, "─\n"), "%s", terminal.data);
    write_terminal(rig, 60);
    cr_expect(strstr(terminal.data, "90.0**  ") && strstr(terminal.data, "\n   "), "%s",
              terminal.data);
    cr_expect_not(strstr(terminal.data, "90.0** ["));
    write_terminal(rig, 40);
    whole = strstr(terminal.data, "─\n");
    cr_expect(whole && strstr(whole + 1, "─\n"), "%s", terminal.data);
}

Test(table, in_html_has_heads_and_values_to_sort_by)
{
    write(one_task, "<full>");
    expect(&html, "<th scope=\"col\">alpha <span class=\"unit\">");
    expect(&html, "<tr class=\"cell\"><th scope=\"row\">&lt;full&gt;</th><td data-value=\"0.9");
    expect(&html, "<strong>90.0</strong> <span class=\"interval\">[");
    expect(&html, "<tr class=\"effect begins\">");
    expect(&html, "\">+20.0 <span");
    expect(&html, "<em>91.3</em>");
}

Test(table, differences_carry_their_sign)
{
    write(one_task, NULL);
    expect(&markdown, "| full − scratch | +20.0 [+");
    expect(&latex, "full $-$ scratch & \\begin{tabular}[t]{@{}r@{}}$+20.0$");
}

Test(table, stands_beside_the_papers_number_and_the_commonest_answer)
{
    write(one_task, NULL);
    expect(&markdown, "| the paper's GPT | *91.3* | |");
    expect(&markdown, "| commonest answer | 50.0 | |");
}

Test(table, shows_perplexity_where_there_was_pretraining)
{
    write(one_task, NULL);
    expect(&markdown, "] | 60.0 |\n| scratch");
    expect(&markdown, "] | |\n| full −");
}

/* "full" and "third" are pre-trained. */
Test(table, perplexities_of_another_objective_are_left_out_and_told_of)
{
    static const char note[] = "- Held-out perplexities are of next tokens (objective causal-lm): ";
    Error err = {0};
    Table table;
    Outcome *outcome = outcome_rig_make(&(OutcomeRigPlan){3, 1, 3, 100, by_cell});
    outcome->pretrains[2].key = "another";
    for (int same = 1; same >= 0; same--) {
        if (!same) outcome_rig_objective(outcome->plan->experiment, 2, "masked-lm");
        const Result *result = outcome_rig_result(outcome);
        markdown = buffer_create(outcome_rig_arena());
        cr_assert(table_scores_make(&table, result, &err) &&
                      table_markdown.write(&markdown, &table, &err),
                  "%s", err.text);
        cr_expect_eq(strstr(markdown.data, note) == NULL, same, "%s", markdown.data);
        cr_expect_eq(table_field(&table, 0, table.n_columns - 1)->kind, TABLE_NUMBER);
        cr_expect_eq(table_field(&table, 2, table.n_columns - 1)->kind,
                     same ? TABLE_NUMBER : TABLE_NOTHING);
    }
}

Test(table, says_which_split_was_the_test)
{
    write(one_task, NULL);
    expect(&markdown, "- alpha: 100 test examples; made by hand.");
}

Test(table, one_seed_says_that_its_intervals_cover_examples_only)
{
    OutcomeRigPlan rig = one_task;
    rig.n_seeds = 1;
    write(rig, NULL);
    expect(&markdown, "bootstrap interval over test examples only");
}

Test(table, latex_sees_no_commands_in_names)
{
    write(one_task, "50% of_it {x}");
    expect(&latex, "50\\% of\\_it \\{x\\} & ");
    cr_expect_null(strstr(latex.data, "fontenc"));
}

Test(table, latex_says_what_letters_beyond_ascii_need)
{
    write(one_task, "žluťoučký");
    expect(&latex, "žluťoučký & ");
    expect(&latex, "% Letters beyond ASCII: needs \\usepackage[T1]{fontenc}");
}

/* --- with a report ------------------------------------------------------------------------------ */

static const char *const variants[] = {"full", "no pre-training", "no aux LM", "LSTM"};
static const char *const tasks[] = {"cola", "sst2", "mrpc", "stsb", "qqp", "mnli", "qnli", "rte"};

static void write_all(const FigureRigPlan *plan)
{
    Error err = {0};
    Result *result = figure_rig_result(plan);
    markdown = buffer_create(outcome_rig_arena());
    latex = buffer_create(outcome_rig_arena());
    html = buffer_create(outcome_rig_arena());
    Tables tables;
    floating = buffer_create(outcome_rig_arena());
    cr_assert(tables_make(&tables, result, &err) &&
                  tables_write_float(&floating, &tables, result, &err) &&
                  tables_write(&markdown, &tables, &table_markdown, &err) &&
                  tables_write(&latex, &tables, &table_latex, &err),
              "%s", err.text);
    figure_rig_keep(result, "table.md", &markdown);
    figure_rig_keep(result, "table.tex", &latex);
}

static void expect_none(const Buffer *text, const char *part)
{
    cr_expect_null(strstr(text->data, part), "'%s' in\n%s", part, text->data);
}

/* Every row of a tabular has as many fields as its head. */
static void expect_even_rows(void)
{
    int n_columns = 0;
    for (const char *line = latex.data; line && *line; line = strchr(line, '\n')) {
        line += *line == '\n';
        size_t length = strcspn(line, "\n");
        if (!strncmp(line, "\\begin{tabular}{@{}>", 20))
            n_columns = 1 + (int)strspn(strstr(line, "pt}") + 3, "r");
        if (length < 2 || strncmp(line + length - 2, "\\\\", 2) != 0) continue;
        int n = 1;
        sscanf(line, "\\multicolumn{%d}", &n);
        for (size_t i = 0; i < length; i++) n += line[i] == '&' && (i == 0 || line[i - 1] != '\\');
        cr_expect_eq(n, n_columns, "%d of %d fields: %.*s", n, n_columns, (int)length, line);
    }
}

static const FigureRigPlan table5 = {
    .name = "table-5",
    .n_variants = 4,
    .n_tasks = 8,
    .n_seeds = 3,
    .variants = variants,
    .tasks = tasks,
    .report = "{\"table\": {\"paper\": {\"full\": {\"cola\": 45.4, \"sst2\": 91.3, \"mrpc\": 82.3,"
              " \"stsb\": 82.0, \"qqp\": 70.3, \"mnli\": 81.8, \"qnli\": 88.1, \"rte\": 56.0,"
              " \"mean\": 74.7}, \"LSTM\": {\"cola\": 30.3}}}}"};

Test(table, the_papers_scores_stand_below_ours)
{
    write_all(&table5);
    expect(&markdown, "| *in the paper* | *45.4* | *91.3* | *82.3* | *82.0* | *70.3* | *81.8* | "
                      "*88.1* | *56.0* | *74.7* | |\n| no pre-training |");
    expect(&latex, "\\quad\\textit{in the paper} & \\textit{45.4}");
    expect_none(&markdown, "the paper's GPT");
    expect_even_rows();
}

Test(table, the_papers_mean_needs_its_scores_of_all_our_tasks)
{
    write_all(&table5);
    expect(&markdown, "| *in the paper* | *30.3* | | | | | | | | | |");
}

Test(table, the_papers_mean_is_that_of_the_tasks_shown)
{
    FigureRigPlan two = table5;
    two.n_tasks = 2;
    write_all(&two);
    expect(&markdown, "| *in the paper* | *45.4* | *91.3* | *68.3* | |");
}

Test(table, tasks_that_stand_in_for_others_show_no_score_of_the_paper)
{
    static const char *const others[] = {"storyworld-acceptability", "storyworld-ending"};
    FigureRigPlan tiny = table5;
    tiny.n_tasks = 2;
    tiny.tasks = others;
    write_all(&tiny);
    expect_none(&markdown, "paper*");
}

/* 84 mm at 10 points are 239 points. */
Test(table, in_latex_is_no_wider_than_a_journals_column)
{
    static const char text[] =
        "\\documentclass[10pt,twocolumn]{article}\n\\usepackage{array,booktabs}\n"
        "\\setlength{\\columnsep}{0pt}\\setlength{\\textwidth}{478pt}\n\\begin{document}\n";
    Error err = {0};
    const char *latexes[] = {"pdflatex", "--version", NULL};
    if (program_run(latexes, NULL, NULL) != 0) cr_skip_test("no pdflatex: tables were not set");
    write_all(&table5);
    Buffer article = buffer_create(outcome_rig_arena());
    cr_assert(buffer_format(&article, &err, "%s%s\n%s\\end{document}\n", text, latex.data,
                            floating.data));
    scratch_folder_write("article.tex", article.data, article.size);
    const char *run[] = {"pdflatex", "-interaction=nonstopmode", "article.tex", NULL};
    cr_expect_eq(program_run(run, scratch_folder_path(""), "words"), 0, "%s",
                 scratch_folder_read("words"));
    const char *words = scratch_folder_read("words");
    cr_expect_null(strstr(words, "Overfull \\hbox"), "%s", words);
}

Test(table, the_best_is_bold_only_if_its_interval_lies_apart)
{
    static const OutcomeRigPlan near = {2, 1, 3, 100, nearly_alike};
    write(near, NULL);
    expect(&markdown, "| full | <ins>72.0</ins> [");
    expect(&latex, "\\underline{72.0}");
    expect(&html, "<u>72.0</u>");
    expect(&markdown, "Bold: best of its column, with an interval apart");
}

Test(table, tasks_whose_test_sets_are_alike_are_told_of_together)
{
    write((OutcomeRigPlan){2, 2, 3, 100, by_cell}, NULL);
    expect(&markdown, "- alpha, beta: 100 test examples each; made by hand.");
}

Test(table, many_columns_have_their_intervals_below)
{
    write_all(&table5);
    expect(&markdown, "<br>[");
    expect(&latex, "\\\\{\\scriptsize [");
}

Test(table, headings_in_latex_are_broken_behind_hyphens_and_at_spaces)
{
    static const char *const names[] = {"storyworld-acceptability", "mrpc"};
    FigureRigPlan tiny = table5;
    tiny.n_tasks = 2;
    tiny.tasks = names;
    write_all(&tiny);
    expect(&latex,
           "{@{}r@{}}storyworld-\\\\acceptability\\\\{\\scriptsize accuracy}\\end{tabular} & ");
    expect(&latex, "{@{}r@{}}mrpc\\\\{\\scriptsize ");
    expect(&latex, "}held-out\\\\perplexity\\\\{\\scriptsize language}\\\\{\\scriptsize model}");
}

Test(table, columns_under_headings_are_tables_of_their_own)
{
    FigureRigPlan groups = table5;
    groups.name = "tables-2-4";
    groups.report = "{\"table\": {\"rows\": [\"LSTM\", \"full\"], \"columns\":"
                    " {\"Inference\": [\"mnli\", \"qnli\", \"rte\"], \"Sentences\": [\"cola\"]}}}";
    write_all(&groups);
    expect(&markdown, "**Inference**\n\n| | mnli<br>accuracy | qnli<br>accuracy | rte<br>");
    expect(&markdown,
           "**Sentences**\n\n| | cola<br>accuracy | all tasks<br>mean, as in the paper |");
    expect(&markdown, "---:|\n| LSTM |");
    expect_none(&markdown, "| no aux LM |");
    expect_even_rows();
}

Test(table, a_grid_has_a_row_for_each_value)
{
    static const FigureRigPlan grid = {.name = "table-grid",
                                       .n_variants = 2,
                                       .n_tasks = 2,
                                       .n_seeds = 2,
                                       .path = "finetune.transfer_layers",
                                       .values = "[0, 1, 2, \"all\"]"};
    write_all(&grid);
    expect(&markdown, "\n| full, 2 layers transferred | ");
    expect_even_rows();
}

Test(table, what_titles_of_neighbours_share_is_said_once_in_latex)
{
    static const FigureRigPlan grid = {.name = "table-shared",
                                       .n_variants = 2,
                                       .n_tasks = 2,
                                       .n_seeds = 2,
                                       .path = "finetune.transfer_layers",
                                       .values = "[0, 1]"};
    write_all(&grid);
    expect(&latex, "\\midrule\n\\multicolumn{3}{@{}l@{}}{scratch} \\\\\n"
                   "\\hspace*{6pt}\\hangindent6pt 0 layers transferred & ");
    expect(&latex, "\n\\hspace*{6pt}\\hangindent6pt 1 layer transferred & ");
    cr_expect_null(strstr(latex.data, "\nfull, 1"));
    expect(&latex, "\nfull, 0 layers transferred $-$ scratch, 1 layer transferred & ");
}

Test(table, what_only_one_title_begins_with_stays_in_it)
{
    write(one_task, "full, frozen");
    expect(&latex, "\nfull, frozen & ");
    expect(&latex, "\nscratch & ");
}

Test(table, curves_of_language_models_are_tables_of_a_few_points)
{
    static const FigureRigPlan position = {.name = "table-position",
                                           .n_variants = 2,
                                           .n_tasks = 1,
                                           .n_seeds = 2,
                                           .probe = PROBE_POSITION,
                                           .n_probe_points = 64};
    write_all(&position);
    expect(&markdown, "| | 1 | 2 | 4 | 6 | 11 | 20 | 36 | 64 |");
    expect(&markdown, "| full | **5.00**<br>[4.95, 5.05] |");
    expect_even_rows();
}

Test(table, zero_shot_scores_stand_between_guessing_and_the_best_model)
{
    static const FigureRigPlan zero_shot = {.name = "table-zero-shot",
                                            .n_variants = 2,
                                            .n_tasks = 3,
                                            .n_seeds = 2,
                                            .tasks = tasks,
                                            .probe = PROBE_ZERO_SHOT,
                                            .n_probe_points = 5};
    write_all(&zero_shot);
    expect(&markdown, "| guessing | 50.0 | 50.0 | 50.0 |\n| best model | 100.0 |");
    expect_even_rows();
}

Test(table, training_rates_say_that_they_are_of_this_machine)
{
    static const FigureRigPlan rate = {.name = "table-rate",
                                       .n_variants = 2,
                                       .n_tasks = 1,
                                       .n_seeds = 1,
                                       .probe = PROBE_TRAINING_RATE,
                                       .n_probe_points = 5};
    write_all(&rate);
    expect(&markdown, "of this machine");
    expect(&markdown, "| full | **38095** [36952, 38857] |");
}
