/* Any two results against each other, from their files. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "../drawing_programs.h"
#include "base/file.h"
#include "base/json.h"
#include "base/program.h"
#include "base/xml.h"
#include "cli_rig.h"

#ifndef REPRISE_DOUBLE /* the command is the same in both builds */

#define VERSION "results/trial/mini/v001"

static Arena *arena;
static Error err;

static void begin(void)
{
    cli_rig_begin();
    drawing_programs_need();
    err = (Error){0};
    arena = arena_create("compare", &err);
    cr_assert(arena);
    cli_rig_expect(cli_rig_run("run trial --scale mini --threads 1"), 0, NULL);
}

static void end(void)
{
    arena_destroy(arena);
    cli_rig_end();
}

TestSuite(compare, .init = begin, .fini = end);

static void expect_out(CliRun run, int status, const char *part)
{
    cr_expect_eq(run.status, status, "status %d, expected %d:\n%s%s", run.status, status, run.out,
                 run.err);
    cr_expect(strstr(run.out, part), "no '%s' in\n%s", part, run.out);
}

static void copy(const char *from, const char *to)
{
    char *bytes;
    size_t size;
    cr_assert(file_read(&bytes, &size, from, arena, &err) && file_write(to, bytes, size, &err),
              "%s", err.text);
}

Test(compare, a_version_a_store_and_a_file_of_somebody_else_are_the_same_here)
{
    static const char *const same[] = {
        VERSION,      VERSION "/result.json", "results/trial/mini", "trial@v001",
        "trial/mini", "trial/mini@v001",      "trial/mini@store",   "theirs.json"};
    copy(VERSION "/result.json", "theirs.json");
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        char command[128];
        snprintf(command, sizeof command, "compare trial %s --scale mini", same[i]);
        expect_out(cli_rig_run(command), 0, "**identical, bit for bit**");
    }
}

Test(compare, needs_neither_store_nor_data_nor_specs)
{
    cr_assert(file_rename(VERSION, "a", &err) && file_remove_tree("build", &err) &&
              file_remove_tree("datasets", &err) && file_remove_tree("experiments", &err));
    expect_out(cli_rig_run("compare a a/result.json"), 0, "**identical, bit for bit**");
}

Test(compare, another_scale_is_told_and_what_is_worse_fails)
{
    cli_rig_expect(cli_rig_run("run trial --scale mini --set pretrain.tokens=60000 --threads 1"), 0,
                   NULL);
    CliRun run = cli_rig_run(
        "compare trial/mini+pretrain.tokens=60000 trial/mini --json --junit out/junit.xml");
    cli_rig_expect(run, 1, "trial at scale mini, v001 is worse than ",
                   "trial at scale mini+pretrain.tokens=60000, v001 in ", NULL);
    const Json *json = json_parse_text(run.out, strlen(run.out), "out", arena, &err);
    cr_assert(json, "%s", err.text);
    const Json *one = json_at(json_get(json, "comparisons"), 0);
    cr_expect_str_eq(json_get_text(json_get(one, "a"), "scale"), "mini+pretrain.tokens=60000");
    cr_expect_str_eq(json_get_text(one, "verdict"), "worse");
    cr_expect(strstr(json_text(json_at(json_get(one, "notes"), 0)),
                     "asked for in B: 3000 tokens, was 60 k tokens in A"));
    char *xml;
    size_t size;
    cr_assert(file_read(&xml, &size, "out/junit.xml", arena, &err), "%s", err.text);
    const Json *suites = xml_parse_text(xml, size, "junit.xml", arena, &err);
    cr_assert(suites, "%s", err.text);
    cr_expect_str_neq(json_get_text(suites, "@failures"), "0");
}

Test(compare, the_finished_stages_are_held_against_the_version_as_ever)
{
    CliRun run = cli_rig_run("compare trial --scale mini --junit junit.xml");
    expect_out(run, 0, "- **A**: trial at scale mini, v001 (`" VERSION "`)\n");
    expect_out(run, 0, "- **B**: trial at scale mini, finished stages (`build/store`)\n");
    expect_out(run, 0, "**identical, bit for bit**");
    cr_expect(file_exists("junit.xml"));
    cli_rig_expect(cli_rig_run("compare trial --scale mini --against v002"), 2,
                   "there is no version 'v002'", "v001", NULL);
}

Test(compare, without_a_committed_version_it_is_told_what_there_is_or_what_makes_one)
{
    const char *const repository[] = {"git", "init", "-q", ".", NULL};
    cr_assert_eq(program_run(repository, NULL, NULL), 0);
    cli_rig_expect(cli_rig_run("compare trial --scale mini"), 1,
                   "results/trial/mini: there is no committed version to compare with",
                   "try: --against v001, which is not committed", NULL);
    expect_out(cli_rig_run("compare trial --scale mini --against v001"), 0, "identical");
    cr_assert(file_remove_tree("results", &err), "%s", err.text);
    cli_rig_expect(cli_rig_run("compare trial --scale mini"), 1,
                   "try: reprise run trial --scale mini, which writes the first one", NULL);
}

Test(compare, what_has_nothing_in_common_is_told_and_no_success)
{
    cli_rig_edit("experiments/trial.json", "\"tasks\": \"all\"",
                 "\"tasks\": [\"tiny-happy\"], \"variants\": {\"other\": {}}");
    cli_rig_expect(cli_rig_run("run trial --scale mini --set seeds=[2] --threads 1"), 0, NULL);
    CliRun run = cli_rig_run("compare trial/mini trial/mini+seeds=[2]");
    cli_rig_expect(run, 2, "have no number in common that can be compared", NULL);
    expect_out(run, 2, "- only A has the cell “default”\n- only B has the cell “other”\n");
    expect_out(cli_rig_run("compare trial/mini trial/mini+seeds=[2] --json"), 2,
               "\"verdict\": null");
}

Test(compare, what_cannot_be_found_is_told_with_what_can)
{
    cli_rig_expect(cli_rig_run("compare trail/mini trial/mini"), 2, "trail/mini: is no result",
                   "try: 'trial'", NULL);
    cli_rig_expect(cli_rig_run("compare trial/tiny+x=[1] trial/mini"), 2,
                   "try: reprise run trial --scale 'tiny+x=[1]'", NULL);
    cli_rig_expect(cli_rig_run("compare trial/mini nowhere/v001"), 2,
                   "nowhere/v001: is no result, and", "results/nowhere/v001 has no version",
                   "NAME@store", NULL);
    cli_rig_expect(cli_rig_run("compare / trial/mini"), 2, "try: a version", NULL);
    cli_rig_expect(cli_rig_run("compare trial/mini@v01 trial/mini"), 2,
                   "results/trial/mini: there is no version 'v01'", "'v001'", "store", NULL);
    cli_rig_expect(cli_rig_run("compare trial@v001 --scale mini"), 2,
                   "trial@v001: what is it to be compared with?", "try: reprise compare A B", NULL);
    cli_rig_expect(cli_rig_run("compare trial/mini trial/mini --against v001"), 2,
                   "--against is for one experiment", NULL);
    cli_rig_expect(cli_rig_run("compare trial/mini trial@store"), 2, "tiny.json: no such scale",
                   NULL);
}

Test(compare, evidence_that_is_not_the_results_own_is_refused)
{
    copy(VERSION "/result.json", "theirs/result.json");
    copy(VERSION "/evidence.json", "theirs/evidence.json");
    expect_out(cli_rig_run("compare trial/mini theirs/result.json"), 0, "bit for bit");
    cli_rig_edit("theirs/evidence.json", "\"truth\": \"1", "\"truth\": \"0");
    cli_rig_expect(cli_rig_run("compare trial/mini theirs/result.json"), 2,
                   "theirs/evidence.json: is not what was written", NULL);
}

/* --- what moved, and what was worded otherwise ---------------------------------------------------------- */

#define CLAIMED                                                                                    \
    "\"claims\": [{\"id\": \"c\", \"statement\": \"it is so\", \"better\": \"a\", \"worse\": "     \
    "\"b\", "                                                                                      \
    "\"rule\": \"not-inferior\", \"smallest_effect\": 0.9}], \"variants\": {\"a\": {}, \"b\": "    \
    "{\"pretrain\": null}}, \"tasks\""

Test(compare, report_says_which_threshold_moved_between_versions)
{
    cli_rig_edit("experiments/trial.json", "\"tasks\"", CLAIMED);
    cli_rig_expect(cli_rig_run("run trial --scale mini --threads 1"), 0, NULL);
    cli_rig_edit("experiments/trial.json", "0.9", "0.95");
    cli_rig_expect(cli_rig_run("run trial --scale mini --threads 1"), 0, NULL);
    static const char moved[] =
        "v002 → v003, thresholds and verdicts that moved:\n\n- claim `c`: undecided as before: the "
        "threshold went from “the interval is above −90.0 points” to “the interval is above −95.0 "
        "points”\n";
    expect_out(cli_rig_run("report trial --scale mini"), 0, moved);
    char *page;
    size_t size;
    cr_assert(file_read(&page, &size, "results/trial/mini/v003/README.md", arena, &err));
    cr_expect(strstr(page, moved), "%s", page);
    expect_out(cli_rig_run("compare trial/mini@v002 trial/mini@v003"), 0,
               "- claim `c`: undecided as");
}

Test(compare, run_puts_other_words_into_the_version_and_says_so)
{
    cli_rig_edit("experiments/trial.json", "Everything once", "All of it once");
    CliRun run = cli_rig_run("run trial --scale mini --threads 1");
    expect_out(run, 0,
               "reproduces v001 bit for bit (" VERSION "); no number changed, but words did "
               "(title): it was rewritten");
    char *page;
    size_t size;
    cr_assert(file_read(&page, &size, VERSION "/README.md", arena, &err));
    cr_expect(!strncmp(page, "# All of it once", strlen("# All of it once")), "%s", page);
    expect_out(cli_rig_run("run trial --scale mini --threads 1"), 0, "; nothing was written");
    expect_out(cli_rig_run("report recompute " VERSION), 0, "bit for bit");
    cr_expect(!file_exists("results/trial/mini/v002"));
}

#endif
