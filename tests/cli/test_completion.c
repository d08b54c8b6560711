/* What shells are told, and the manual page: both from the tables that the command line is read by. In the shells
 * themselves: tests/scripts/test-completion. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "cli_rig.h"

#ifndef REPRISE_DOUBLE /* the command is the same in both builds */

TestSuite(completion, .init = cli_rig_begin, .fini = cli_rig_end);

/* What is offered behind "reprise LINE", whose last word is unfinished. */
static const char *offered(const char *line)
{
    char words[256];
    snprintf(words, sizeof words, "completion words -- %s", line);
    CliRun run = cli_rig_run(words);
    cr_assert_eq(run.status, 0, "%s", run.err);
    return run.out;
}

Test(completion, commands_come_with_what_they_do)
{
    const char *lines = offered("re");
    cr_expect(strstr(lines, "report\tprint what the last result says"), "%s", lines);
    cr_expect_null(strstr(lines, "run\t"), "%s", lines);
    cr_expect(strstr(offered("ru"), "run\trun an experiment"));
    cr_expect_str_eq(offered("nonsense x"), "");
    cr_expect(strstr(offered("-"), "--version\tprint the engine's version"));
}

Test(completion, forms_of_a_command_are_words_of_it)
{
    cr_expect_eq(strncmp(offered("export pre"), "predictions\t", 12), 0);
    cr_expect_eq(strncmp(offered("import h"), "huggingface\t", 12), 0);
    cr_expect_str_eq(offered("export nonsense t"), "");
}

Test(completion, options_are_those_that_the_command_knows)
{
    cr_expect(strstr(offered("run trial --"), "--jobs\tprocesses that share"));
    cr_expect(strstr(offered("run trial --"), "--help\t"));
    cr_expect_null(strstr(offered("run trial --"), "--prompt"));
    cr_expect_str_eq(offered("version --s"), "");
}

Test(completion, names_are_those_of_the_folders_on_the_line)
{
    cr_expect_str_eq(offered("run tr"), "trial\tEverything once, in seconds\n");
    cr_expect_str_eq(offered("run --experiments nowhere tr"), "");
    cr_expect_str_eq(offered("data fetch tiny-hap"), "tiny-happy\tHappy or sad?\n");
    cr_expect_str_eq(offered("data list tiny-hap"), "");
    cr_expect_eq(strncmp(offered("plan trial --scale mi"), "mini\t", 5), 0);
}

/* A tab would end it; everything else is the shell's to quote. */
Test(completion, names_are_as_they_are)
{
    Error err = {0};
    cr_assert(file_write("experiments/o\\d$d.json", "{}", 2, &err));
    cr_assert(file_write("experiments/o\td.json", "{}", 2, &err));
    cr_expect_str_eq(offered("run o"), "o\\d$d\t\n");
}

Test(completion, a_usage_line_says_which_words_stand_where)
{
    cr_expect_str_eq(offered("run a"), "all\t\n");
    cr_expect_str_eq(offered("generate a"), "");
    cr_expect_str_eq(offered("store cle"), "clean\t\nclear\t\n");
    cr_expect_str_eq(offered("report claims tr"), "");
    cr_expect_str_eq(offered("report redraw tr"), ":folders\n");
    cr_expect_str_eq(offered("tokenizer x --lines y"), ":files\n");
    cr_expect_str_eq(offered("run trial tr"), "");
    cr_expect_str_eq(offered("predict trial t"), "");
    cr_expect_str_eq(offered("tokenizer tiny-hap"), "tiny-happy\tHappy or sad?\n:folders\n");
}

Test(completion, cells_and_tasks_are_those_of_the_experiment)
{
    cr_expect_str_eq(offered("export predictions trial --scale mini --cell d"), "default\tcell\n");
    cr_expect_str_eq(offered("export huggingface trial --scale mini --task tiny-h"),
                     "tiny-happy\ttask\n");
    cr_expect_str_eq(offered("export huggingface nothing --scale mini --task tiny-h"), "");
}

Test(completion, a_word_behind_the_end_of_options_is_a_word)
{
    cr_expect_str_eq(offered("run -- tr"), "trial\tEverything once, in seconds\n");
    cli_rig_expect(cli_rig_run("plan -- --scale"), 2, "experiments/--scale.json", NULL);
}

Test(completion, an_unknown_shell_is_told_with_the_known_ones)
{
    cli_rig_expect(cli_rig_run("completion zhs"), 2, "unknown shell 'zhs'", "try: 'zsh'", NULL);
    cli_rig_expect(cli_rig_run("completion"), 2, "a word is missing", "bash | zsh | fish", NULL);
    cli_rig_expect(cli_rig_run("completion bash zsh"), 2, "a word too many", NULL);
}

Test(completion, the_manual_tells_of_commands_options_and_statuses)
{
    static const char *const parts[] = {
        ".TH REPRISE 1",
        "\n.SH NAME\nreprise \\- ",
        "\n.BI \"reprise export tensorboard \" \"EXPERIMENT ",
        "\n.BI \"\\-\\-top\\-k \" \"N\"\nsample among the k likeliest; 0: all (40)\n.br\nOf: "
        "generate.\n",
        "\n.B REPRISE_MIRROR\n",
        "\n.B 128+N\n",
        "\n.B reprise plan table5 \\-\\-scale small\n",
    };
    CliRun run = cli_rig_run("manual");
    cr_assert_eq(run.status, 0, "%s", run.err);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        cr_expect(strstr(run.out, parts[i]), "'%s' is not in:\n%s", parts[i], run.out);
}

#endif
