/* A committed result that is not what was written: every command that reads it says so and ends with 2. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "cli_rig.h"

#ifndef REPRISE_DOUBLE /* the command is the same in both builds */

static const char SCALE[] = "experiments/scales/mini.json";
static const char RESULT[] = "results/trial/mini/v001/result.json";
static const char RUN[] = "run trial --scale mini";

static void begin(void)
{
    cli_rig_begin();
    cli_rig_edit(SCALE, "\"tokens\": 3000", "\"tokens\": 400");
    cli_rig_edit(SCALE, "[\"tiny-happy\", \"tiny-ending\"]", "[\"tiny-happy\"]");
    cli_rig_expect(cli_rig_run(RUN), 0, NULL);
}

TestSuite(damaged_result, .init = begin, .fini = cli_rig_end);

static void expect_refused(const char *what)
{
    static const char *const commands[] = {"compare trial --scale mini", RUN, "report claims",
                                           "report redraw results/trial/mini/v001",
                                           "report recompute results/trial/mini/v001"};
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        cli_rig_expect(cli_rig_run(commands[i]), 2, what,
                       "try: git checkout -- results/trial/mini/v001/result.json", NULL);
}

static void write_result(const char *text, size_t size)
{
    Error err = {0};
    cr_assert(file_write(RESULT, text, size, &err), "%s", err.text);
}

Test(damaged_result, is_refused_by_every_reader)
{
    Error err = {0};
    Arena *arena = arena_create("whole", &err);
    char *whole;
    size_t size;
    cr_assert(file_read(&whole, &size, RESULT, arena, &err), "%s", err.text);

    write_result("", 0);
    expect_refused("result.json:1:0: unexpected token near end of file");
    write_result(whole, size / 2);
    expect_refused("result.json:");
    write_result("{}", 2);
    expect_refused("$.format: is missing: this is not a result");
    write_result("[]", 2);
    expect_refused("$.format: is missing: this is not a result");

    write_result(whole, size);
    cli_rig_edit(RESULT, "\"format\": 1,\n  \"experiment\"", "\"format\": 2,\n  \"experiment\"");
    expect_refused("$.format: is 2, and this program reads 1");
    write_result(whole, size);
    cli_rig_edit(RESULT, "\"numbers\": {", "\"other\": {");
    expect_refused("$.numbers: is missing: this is not a result");
    write_result(whole, size);
    cli_rig_edit(RESULT, "\"runs\": [", "\"rows\": [");
    expect_refused("$.numbers: is not what was written");
    write_result(whole, size);
    cli_rig_edit(RESULT, "\"degenerate\": false", "\"degenerate\": null");
    expect_refused("$.numbers: is not what was written");
    write_result(whole, size);
    cli_rig_edit(RESULT, "\"degenerate\": false", "\"degenerate\": NaN");
    expect_refused("result.json:");

    cr_assert(file_remove_tree(RESULT, &err));
    expect_refused("result.json: is missing");
    write_result(whole, size);
    cli_rig_expect(cli_rig_run("compare trial --scale mini"), 0, NULL);
    arena_destroy(arena);
}

/* What is no version is passed over. */
Test(damaged_result, strangers_beside_it_are_none_of_its_business)
{
    Error err = {0};
    cr_assert(file_make_folder("results/notes", &err) &&
              file_make_folder("results/trial/odd", &err) &&
              file_make_folder("results/trial/mini/v002.old", &err) &&
              file_write("results/readme.txt", "x", 1, &err) &&
              file_write("results/trial/mini/v009", "x", 1, &err));
    cli_rig_expect(cli_rig_run("compare trial --scale mini"), 0, NULL);
    cli_rig_expect(cli_rig_run(RUN), 0, NULL);
    cli_rig_expect(cli_rig_run("report claims"), 0, NULL);
}

#endif
