#include "report/table.h"

#include <criterion/criterion.h>
#include <string.h>

#include "outcome_rig.h"
#include "report/analysis.h"

TestSuite(table, .init = outcome_rig_begin, .fini = outcome_rig_end);

static bool by_cell(int cell, int task, int seed, int example)
{
    (void)task, (void)seed;
    return example % 10 < (cell == 0 ? 9 : 7);
}

static Buffer markdown, latex;

static void write(OutcomeRigPlan rig, const char *first_cell)
{
    Error err = {0};
    Findings findings;
    Table table;
    Outcome *outcome = outcome_rig_make(&rig);
    if (first_cell) ((ExperimentCell *)outcome->plan->experiment->cells)[0].name = first_cell;
    cr_assert(analysis_make(&findings, outcome, outcome_rig_arena(), &err), "%s", err.text);
    Draft draft = {.outcome = outcome,
                   .findings = &findings,
                   .numbers = &findings.numbers,
                   .arena = outcome_rig_arena()};
    markdown = buffer_create(outcome_rig_arena());
    latex = buffer_create(outcome_rig_arena());
    cr_assert(table_make(&table, &draft, &err) && table_markdown(&markdown, &table, &err) &&
                  table_latex(&latex, &table, &err),
              "%s", err.text);
}

static const OutcomeRigPlan one_task = {2, 1, 3, 100, by_cell};

static void expect(const Buffer *text, const char *part)
{
    cr_expect(strstr(text->data, part), "no '%s' in\n%s", part, text->data);
}

Test(table, the_best_score_of_a_column_is_bold)
{
    write(one_task, NULL);
    expect(&markdown, "| full | **90.0** [");
    expect(&markdown, "| scratch | 70.0 [");
    expect(&latex, "full & \\textbf{90.0}");
}

Test(table, differences_carry_their_sign)
{
    write(one_task, NULL);
    expect(&markdown, "| full − scratch | +20.0 [+");
    expect(&latex, "full $-$ scratch & $+20.0$");
}

Test(table, stands_beside_the_papers_number_and_the_commonest_answer)
{
    write(one_task, NULL);
    expect(&markdown, "| the paper's GPT | 91.3 | |");
    expect(&markdown, "| commonest answer | 50.0 | |");
}

Test(table, shows_perplexity_where_there_was_pretraining)
{
    write(one_task, NULL);
    expect(&markdown, "] | 60.0 |\n| scratch");
    expect(&markdown, "] | |\n| full −");
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
}
