/* Text of files and of the command line tells a terminal nothing, whatever command prints it. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/file.h"
#include "cli_rig.h"

#ifndef REPRISE_DOUBLE /* the command is the same in both builds */

static Error err;
static Arena *arena;

static void begin(void)
{
    cli_rig_begin();
    arena = arena_create("terminal", &err);
}

static void end(void)
{
    arena_destroy(arena);
    cli_rig_end();
}

TestSuite(terminal, .init = begin, .fini = end, .timeout = 120);

#define HOSTILE "\\u001b[31m\\u009b0m\\u007f\\u202e" /* in a JSON file */
#define RAW                                                                                        \
    "\x1b[31m\xC2\x9B"                                                                             \
    "0m\x7F\xE2\x80\xAE\r\x9B" /* in a name */

static void expect_no_controls(const char *command, const char *text)
{
    for (const char *c = text; *c; c++)
        if (((unsigned char)*c < 0x20 && *c != '\n' && *c != '\t') || *c == 0x7F)
            cr_assert_fail("%s: 0x%02X in: %s", command, *c, text);
    cr_expect_null(strstr(text, "\xC2\x9B"), "%s", command);
    cr_expect_null(strstr(text, "\xE2\x80\xAE"), "%s", command);
}

static CliRun run(const char *command)
{
    CliRun run = cli_rig_run(command);
    expect_no_controls(command, run.out);
    expect_no_controls(command, run.err);
    return run;
}

/* Of the one finished stage of a kind: a file in its folder. */
static char *stored(const char *kind, const char *file)
{
    char **names, *folder = arena_format(arena, &err, "build/store/%s", kind);
    size_t n, i = 0;
    cr_assert(folder && file_list(&names, &n, folder, arena, &err), "%s", err.text);
    while (i < n && strchr(names[i], '.')) i++; /* locks */
    cr_assert_lt(i, n);
    return arena_format(arena, &err, "%s/%s/%s", folder, names[i], file);
}

Test(terminal, no_command_passes_on_what_files_hold)
{
    static const char *const commands[] = {
        "store list",
        "explain trial --scale mini",
        "status trial --scale mini",
        "status trial --scale mini --json",
        "plan trial --scale mini --json",
        "compare trial --scale mini",
        "report redraw results/trial/mini/v001 --out again",
        "report recompute results/trial/mini/v001",
        "report claims",
        "run trial --scale mini",
        "store clean",
    };
    cli_rig_edit("experiments/scales/mini.json", "\"tokens\": 3000", "\"tokens\": 400");
    cli_rig_edit("experiments/trial.json", "\"all\"", "[\"tiny-happy\"]");
    cr_assert_eq(cli_rig_run("run trial --scale mini").status, 0);
    cli_rig_edit(stored("tokenizer", "stage.json"), "\"title\": \"", "\"title\": \"" HOSTILE);
    cli_rig_edit("results/trial/mini/v001/result.json", "\"title\": \"", "\"title\": \"" HOSTILE);
    CliRun listed = run("store list");
    cr_expect(strstr(listed.out, HOSTILE), "shown as JSON has it: %s", listed.out);
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) run(commands[i]);
}

Test(terminal, no_command_passes_on_what_it_was_asked_for)
{
    static const char *const commands[] = {"%s",
                                           "run %s",
                                           "plan trial --scale %s",
                                           "plan trial --%s",
                                           "compare %s",
                                           "explain %s",
                                           "status %s",
                                           "report redraw %s",
                                           "data fetch %s",
                                           "data %s",
                                           "store %s",
                                           "store list --store %s",
                                           "tokenizer %s x",
                                           "generate %s",
                                           "predict %s x",
                                           "describe %s",
                                           "export predictions %s"};
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        char command[128];
        snprintf(command, sizeof command, commands[i], RAW);
        run(command);
    }
}

Test(terminal, a_name_of_a_variant_with_a_control_is_refused_and_shown)
{
    cli_rig_edit("experiments/trial.json", "\"title\": \"", "\"title\": \"x\\u202e");
    CliRun refused = run("plan trial --scale mini");
    cli_rig_expect(refused, 2, "$.title: the text has a control character, U+202E, behind 'x",
                   NULL);
}

/* What is printed is cut into pieces on its way, also within characters. */
Test(terminal, letters_of_all_lengths_arrive_whole)
{
    cli_rig_edit("experiments/scales/mini.json", "\"tokens\": 3000", "\"tokens\": 400");
    cr_assert_eq(cli_rig_run("run trial --scale mini").status, 0);
    enum { N = 6000 };
    Buffer letters = buffer_create(arena);
    for (int i = 0; i < N; i++)
        cr_assert(buffer_add_text(&letters, i % 3 ? "é" : i % 2 ? "x" : "日", &err));
    char *folder = stored("tokenizer", "");
    char *command = arena_format(arena, &err, "tokenizer %s %s", folder, letters.data);
    CliRun said = run(command);
    cr_assert_eq(said.status, 0, "%s", said.err);
    cr_expect_eq(strncmp(said.out, letters.data, letters.size), 0);
}

#endif
