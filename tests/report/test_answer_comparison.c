#include "report/page/answer_comparison.h"

#include <criterion/criterion.h>
#include <string.h>

#include "../outcome_rig.h"
#include "base/encoding.h"

TestSuite(answer_comparison, .init = outcome_rig_begin, .fini = outcome_rig_end);

static bool before_is_right(int cell, int task, int seed, int example)
{
    (void)task, (void)seed;
    return example % 10 < (cell == 0 ? 9 : 7);
}

static bool after_is_right(int cell, int task, int seed, int example)
{
    return before_is_right(cell, task, seed, example) && (task || cell || example % 10 != 4);
}

static ComparisonSide side_of(bool (*is_right)(int, int, int, int), int n_tasks, const char *name)
{
    Error err = {0};
    Outcome *outcome = outcome_rig_make(&(OutcomeRigPlan){2, n_tasks, 3, 200, is_right});
    Evidence *evidence = arena_alloc(outcome_rig_arena(), 1, sizeof *evidence, &err);
    cr_assert(evidence && outcome_rig_evidence(evidence, outcome));
    return (ComparisonSide){outcome_rig_result(outcome), evidence, name, "results/rig"};
}

static Comparison hold(int n_tasks)
{
    Error err = {0};
    Comparison comparison;
    const ComparisonSide a = side_of(before_is_right, 2, "rig at scale tiny, v001"),
                         b = side_of(after_is_right, n_tasks, "rig at scale tiny, v002");
    cr_assert(comparison_make(&comparison, &a, &b, outcome_rig_arena(), &err), "%s", err.text);
    return comparison;
}

static Buffer answer(int n_tasks, size_t width)
{
    Error err = {0};
    const Comparison comparison = hold(n_tasks);
    Buffer text = buffer_create(outcome_rig_arena());
    cr_assert(answer_comparison(&text, &comparison, width, &err), "%s", err.text);
    return text;
}

static void expect(const Buffer *text, const char *part)
{
    cr_expect(strstr(text->data, part), "no '%s' in\n%s", part, text->data);
}

Test(answer_comparison, says_what_is_compared_how_and_what_came_of_it)
{
    Buffer text = answer(2, 120);
    expect(&text, "A  rig at scale tiny, v001 (results/rig)\nB  rig at scale tiny, v002 (");
    expect(&text, "\nTest scores\n");
    expect(&text, "full, alpha         90.0  80.0  -10.0 [-");
    expect(&text, "]      worse\n");
    expect(&text, "full, beta          90.0  90.0                       identical\n");
    expect(&text, "\n- 2 differences paired by seed and example, ");
    expect(&text,
           "\nB is worse than A in 2 of 7 numbers, better in 0, within noise in 0, identical");
}

Test(answer_comparison, no_line_is_wider_than_the_terminal)
{
    static const size_t widths[] = {60, 80, 120};
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
        Buffer text = answer(1, widths[i]);
        for (char *line = strtok(text.data, "\n"); line; line = strtok(NULL, "\n"))
            cr_expect_leq(encoding_letters(line), widths[i], "%s", line);
    }
}

Test(answer_comparison, says_what_cannot_be_compared)
{
    Buffer text = answer(1, 120);
    expect(&text, "\n- only A has the task “beta”\n");
    expect(&text, "\n- A and B have other tasks: no mean over all of them\n");
    cr_expect_null(strstr(text.data, "full, beta"));
}

Test(answer_comparison, in_markdown_it_is_a_table_of_markdown)
{
    Buffer text = answer(2, 0);
    expect(&text, "- **A**: rig at scale tiny, v001 (`results/rig`)\n");
    expect(&text, "| | A | B | B\u00A0−\u00A0A | B\u00A0is |\n|---|---:|---:|---:|---:|\n"
                  "| full, alpha | 90.0 | 80.0 | -10.0 [-");
    expect(&text, "**B is worse than A in 2 of 7 numbers, ");
}

Test(answer_comparison, of_what_moved_the_rest_is_left_out)
{
    Error err = {0};
    const Comparison comparison = hold(2);
    Buffer text = buffer_create(outcome_rig_arena());
    cr_assert(answer_comparison_moved(&text, &comparison, "v001", "v002", 100, &err));
    expect(&text, "v001  v002          v002\u00A0−\u00A0v001  v002\u00A0is\n");
    expect(&text, "\nfull, alpha ");
    cr_expect_null(strstr(text.data, "identical"));
}
