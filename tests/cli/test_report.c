/* A version drawn again and recomputed from its own files, by the command. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/program.h"
#include "../drawing_programs.h"
#include "cli_rig.h"

#ifndef REPRISE_DOUBLE /* the command is the same in both builds */

TestSuite(report, .init = cli_rig_begin, .fini = cli_rig_end);

#define VERSION "results/trial/mini/v001"

static bool same(const char *name)
{
    const char *argv[] = {"diff", "-r", "-q", name, VERSION, NULL};
    return program_run(argv, NULL, NULL) == 0;
}

Test(report, a_version_is_drawn_again_and_recomputed_without_its_store)
{
    drawing_programs_need();
    Error err = {0};
    CliRun made = cli_rig_run("run trial --scale mini --threads 1 --store here");
    cr_assert_eq(made.status, 0, "%s", made.err);
    cr_assert(file_remove_tree("here", &err), "%s", err.text);
    CliRun drawn = cli_rig_run("report redraw " VERSION " --out again");
    cr_assert_eq(drawn.status, 0, "%s", drawn.err);
    static const char *const copied[] = {"result.json", "runs.csv", "curves.csv", "evidence.json"};
    for (size_t i = 0; i < sizeof copied / sizeof *copied; i++) {
        char from[64];
        snprintf(from, sizeof from, VERSION "/%s", copied[i]);
        const char *argv[] = {"cp", from, "again", NULL};
        cr_assert_eq(program_run(argv, NULL, NULL), 0);
    }
    cr_expect(same("again"), "every figure, table and page to the last byte");
    CliRun recomputed = cli_rig_run("report recompute " VERSION);
    cr_expect_eq(recomputed.status, 0, "%s", recomputed.err);
    cr_expect(strstr(recomputed.out, "all as in result.json, bit for bit"), "%s", recomputed.out);
}

Test(report, edited_numbers_of_a_committed_result_are_told)
{
    drawing_programs_need();
    CliRun made = cli_rig_run("run trial --scale mini --threads 1 --store here");
    cr_assert_eq(made.status, 0, "%s", made.err);
    cli_rig_edit(VERSION "/evidence.json", "\"truth\": \"1", "\"truth\": \"0");
    cli_rig_expect(cli_rig_run("report recompute " VERSION), 2,
                   "evidence.json: is not what was written",
                   "try: git checkout -- " VERSION "/evidence.json", NULL);
    cli_rig_edit(VERSION "/result.json", "\"evidence_sha256\"", "\"older\"");
    CliRun recomputed = cli_rig_run("report recompute " VERSION);
    cr_expect_eq(recomputed.status, 1, "%s", recomputed.out);
    cr_expect(strstr(recomputed.out, "test score "), "%s", recomputed.out);
    cr_expect(strstr(recomputed.err, "do not follow from evidence.json"), "%s", recomputed.err);
    cli_rig_edit(VERSION "/evidence.json", "\"truth\": \"0", "\"truth\": \"1");
    recomputed = cli_rig_run("report recompute " VERSION);
    cr_expect_eq(recomputed.status, 0, "%s", recomputed.err);
    cr_expect(strstr(recomputed.out, "it was added"), "%s", recomputed.out);
    recomputed = cli_rig_run("report recompute " VERSION);
    cr_expect(recomputed.status == 0 && !strstr(recomputed.out, "it was added"), "%s",
              recomputed.out);
    cli_rig_edit(VERSION "/result.json", "\"test_score\": 0.", "\"test_score\": 0.1");
    cli_rig_expect(cli_rig_run("report recompute " VERSION), 2,
                   "$.numbers: is not what was written",
                   "try: git checkout -- " VERSION "/result.json", NULL);
}

Test(report, what_is_no_version_is_told_with_what_is_one)
{
    cli_rig_expect(cli_rig_run("report redraw nowhere"), 2, "'nowhere' is no folder",
                   "try: name a version: results/NAME/SCALE/v001", NULL);
    cli_rig_expect(cli_rig_run("report recompute"), 2, "report recompute takes one version", NULL);
    cli_rig_expect(cli_rig_run("report trial more"), 2, "report trial takes no other word", NULL);
    cli_rig_expect(cli_rig_run("report redraw experiments"), 2,
                   "experiments/result.json: is missing", NULL);
}

#endif
