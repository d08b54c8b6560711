#include "report/page.h"

#include <criterion/criterion.h>
#include <string.h>

#include "outcome_rig.h"
#include "report/analysis.h"

TestSuite(page, .init = outcome_rig_begin, .fini = outcome_rig_end);

static bool by_cell(int cell, int task, int seed, int example)
{
    (void)task, (void)seed;
    return example % 10 < (cell == 0 ? 9 : 7);
}

static Buffer write(const char *sample)
{
    Error err = {0};
    Findings findings;
    Provenance provenance;
    Outcome *outcome = outcome_rig_make(&(OutcomeRigPlan){2, 2, 3, 100, by_cell});
    outcome->pretrains[0].sample = sample;
    cr_assert(analysis_make(&findings, outcome, outcome_rig_arena(), &err) &&
                  provenance_read(&provenance, outcome, outcome_rig_arena(), &err),
              "%s", err.text);
    Draft draft = {.outcome = outcome,
                   .findings = &findings,
                   .numbers = &findings.numbers,
                   .version = "v001",
                   .arena = outcome_rig_arena()};
    Buffer page = buffer_create(outcome_rig_arena());
    cr_assert(page_write(&page, &draft, &provenance, "TABLE\n", &err), "%s", err.text);
    return page;
}

static void expect(const Buffer *page, const char *part)
{
    cr_expect(strstr(page->data, part), "no '%s' in\n%s", part, page->data);
}

Test(page, gives_the_verdict_with_its_scale_and_effect)
{
    Buffer page = write("x");
    expect(&page,
           "**Supported** at scale `tiny`: *reading first helps.* \"full\" against \"scratch\": "
           "test score, all tasks: +20.0 points, 95 % interval +");
    expect(&page, "\n- beta: supported, +20.0 points");
}

Test(page, says_how_to_do_it_again)
{
    Buffer page = write("x");
    expect(&page, "\n    make experiment NAME=rig SCALE=tiny\n");
}

Test(page, names_no_version_of_stages_that_is_its_own)
{
    Buffer page = write("x");
    cr_expect_null(strstr(page.data, "stages run by"));
}

Test(page, sampled_text_is_indented_and_wrapped)
{
    char text[301];
    for (int i = 0; i < 300; i++) text[i] = i % 10 == 9 ? ' ' : 'a';
    text[300] = '\0';
    Buffer page = write(text);
    expect(&page, "\n    aaaaaaaaa aaaaaaaaa");
    for (const char *line = page.data; line; line = strchr(line + 1, '\n'))
        if (!strncmp(line, "\n    aaa", 8)) cr_expect_leq(strcspn(line + 1, "\n"), 4 + 96);
}

Test(page, line_breaks_of_sampled_text_stay_and_its_end_is_trimmed)
{
    Buffer page = write("[the] cat .\nit sat .\n\n# no heading\n\n \n");
    expect(&page, ":\n\n    [the] cat .\n    it sat .\n\n    # no heading\n\n## Doing it again");
}
