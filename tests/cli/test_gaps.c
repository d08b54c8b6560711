/* A word in the middle of a text, from the spec to the page. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/file.h"
#include "cli_rig.h"

#ifndef REPRISE_DOUBLE

static Error err;
static Arena *arena;

static void begin(void)
{
    cli_rig_begin();
    err = (Error){0};
    arena = arena_create("gaps", &err);
    cli_rig_edit("experiments/scales/mini.json", "\"tokens\": 3000", "\"tokens\": 400");
    cli_rig_edit("experiments/scales/mini.json", "\"seeds\": 1",
                 "\"cloze_tasks\": [\"tiny-gap\"], \"seeds\": 1");
    cli_rig_edit("experiments/trial.json", "\"tasks\": \"all\"",
                 "\"measure\": [\"zero-shot\"], \"zero_shot_tasks\": [\"tiny-ending\", \"cloze\"]");
}

static void end(void)
{
    arena_destroy(arena);
    cli_rig_end();
}
TestSuite(gaps, .init = begin, .fini = end, .timeout = 120);

Test(gaps, are_planned_where_the_scale_has_some_and_counted_by_side_on_the_page)
{
    CliRun run = cli_rig_run("plan trial --scale mini");
    cr_assert_eq(run.status, 0, "%s", run.err);
    cr_expect(strstr(run.out, "tiny-gap") && strstr(run.out, "tiny-ending"), "%s", run.out);
    cli_rig_expect(cli_rig_run("run trial --scale mini"), 0, NULL);
    char *page;
    size_t size;
    cr_assert(file_read(&page, &size, "results/trial/mini/v001/README.md", arena, &err), "%s",
              err.text);
    cr_expect(strstr(page, "| side | examples |"), "%s", page);
    cr_expect(strstr(page, "| before | 8 |") && strstr(page, "| behind | 8 |"), "%s", page);
}

Test(gaps, are_listed_and_checked_as_other_data_sets_are)
{
    CliRun run = cli_rig_run("data list");
    cr_expect(strstr(run.out, "cloze"), "%s", run.out);
    run = cli_rig_run("data check tiny-gap");
    cr_assert_eq(run.status, 0, "%s", run.err);
    cr_expect(strstr(run.out, "tiny-gap: 16 test rows"), "%s", run.out);
}

#endif
