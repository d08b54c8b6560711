#include "report/page/answer.h"

#include <criterion/criterion.h>
#include <string.h>

#include "../outcome_rig.h"
#include "base/encoding.h"

TestSuite(answer, .init = outcome_rig_begin, .fini = outcome_rig_end);

static bool by_cell(int cell, int task, int seed, int example)
{
    (void)task, (void)seed;
    return example % 10 < (cell == 0 ? 9 : 7);
}

static Buffer answer(size_t width)
{
    Error err = {0};
    Result *result = outcome_rig_result(outcome_rig_make(&(OutcomeRigPlan){2, 2, 3, 100, by_cell}));
    Buffer text = buffer_create(outcome_rig_arena());
    cr_assert(width ? answer_terminal(&text, result, width, &err)
                    : answer_markdown(&text, result, &err),
              "%s", err.text);
    return text;
}

static const char *expect(const Buffer *text, const char *part)
{
    const char *found = strstr(text->data, part);
    cr_assert(found, "no '%s' in\n%s", part, text->data);
    return found;
}

Test(answer, at_a_terminal_verdicts_come_first_and_then_the_table)
{
    Buffer text = answer(120);
    const char *verdict = expect(&text, "\nSupported     reading first helps\n");
    const char *effect = expect(&text, "\n              “full” against “scratch”: test score, all "
                                       "tasks: +20.0 points, 95 %");
    const char *rule = expect(&text, "\n              (supported where the interval is above 0");
    const char *table = expect(&text, "\nfull ");
    cr_expect(verdict < effect && effect < rule && rule < table, "%s", text.data);
    cr_expect_null(strstr(text.data, "**Supported"));
}

Test(answer, no_line_is_wider_than_the_terminal)
{
    Buffer text = answer(50);
    for (char *line = strtok(text.data, "\n"); line; line = strtok(NULL, "\n"))
        cr_expect_leq(encoding_letters(line), 50, "%s", line);
}

Test(answer, in_markdown_it_is_what_the_page_says)
{
    Buffer text = answer(0);
    cr_expect_lt(expect(&text, "**Supported** at scale `tiny`: *reading first helps.* "),
                 expect(&text, "| full | **90.0** ["));
}
