/* Data of one's own, as a newcomer would bring it: from a file to a table of scores. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "cli_rig.h"

#ifndef REPRISE_DOUBLE /* the command is the same in both builds */

TestSuite(data_add, .init = cli_rig_begin, .fini = cli_rig_end);

static void write_file(const char *path, const char *text)
{
    Error err = {0};
    cr_assert(file_write(path, text, strlen(text), &err), "%s", err.text);
}

static const char *read_file(const char *path)
{
    static char text[65536];
    FILE *file = fopen(path, "r");
    cr_assert(file, "%s", path);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    return text;
}

static void write_films(void)
{
    char text[4096] = "review;verdict\n";
    for (int i = 0; i < 40; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "\"%s film; number %d\";%s\n",
                 i % 2 ? "dull" : "fine", i, i % 2 ? "bad" : "good");
    write_file("films.csv", text);
}

static void expect_printed(CliRun run, const char *part)
{
    cr_expect(strstr(run.out, part), "'%s' is not in:\n%s", part, run.out);
}

/* The JSON that it says to write. */
static void write_spec(CliRun run, const char *path)
{
    Error err = {0};
    const char *begin = strstr(run.out, "\n{\n"), *end = begin ? strstr(begin, "\n}\n") : NULL;
    cr_assert(end, "%s", run.out);
    cr_assert(file_write(path, begin + 1, (size_t)(end + 3 - begin - 1), &err), "%s", err.text);
}

Test(data_add, a_csv_becomes_a_task_whose_table_says_what_its_test_rows_are)
{
    write_films();
    CliRun run = cli_rig_run("data add films.csv");
    cr_assert_eq(run.status, 0, "%s", run.err);
    expect_printed(run, "films.csv: 40 rows");
    expect_printed(run, "2 columns parted by semicolons; the first line names them; utf-8");
    expect_printed(run, "'verdict': 2 labels: 'bad' (20), 'good' (20)");
    expect_printed(run, "8 rows to report on, carved from the training rows");
    expect_printed(run, "datasets/films.json");
    expect_printed(run, "run films");
    write_spec(run, "experiments/films.json");
    run = cli_rig_run("data check films");
    cr_assert_eq(run.status, 0, "%s", run.err);
    expect_printed(run, "films: 28 train rows\nfilms: 4 validation rows\nfilms: 8 test rows\n");
    run = cli_rig_run("plan films --scale mini");
    cr_assert_eq(run.status, 0, "%s", run.err);
    run = cli_rig_run("run films --scale mini --set pretrain.tokens=400");
    cr_assert_eq(run.status, 0, "%s", run.err);
    expect_printed(run, "films: 8 test examples; carved from the training rows, 8 rows.");
    expect_printed(run, "pre-training helps on films");
    const char *page = read_file("results/films/mini+pretrain.tokens=400/v001/README.md");
    cr_expect(strstr(page, "films: 8 test examples; carved from the training rows, 8 rows."));
    cr_expect(strstr(page, "| films | not stated | `"), "%s", page);
    run = cli_rig_run("predict films --scale mini --set pretrain.tokens=400 --file films.csv");
    cr_assert_eq(run.status, 0, "%s", run.err);
    expect_printed(run, "\nfilms.csv:2\t");
    expect_printed(run, "\tdull film; number 39\n");
}

Test(data_add, what_is_wrong_is_told_and_nothing_is_written)
{
    write_films();
    cli_rig_expect(cli_rig_run("data add films.csv --name no/name"), 2,
                   "'no/name' is no name of a data set", NULL);
    cli_rig_expect(cli_rig_run("data add films.csv --label verdikt"), 2, "no column 'verdikt'",
                   "try: 'verdict'", "nothing was written", NULL);
    cli_rig_expect(cli_rig_run("data add films.csv --name tiny-happy"), 2,
                   "datasets/tiny-happy.json is there already", NULL);
    cli_rig_expect(cli_rig_run("data add"), 2, "reprise data add: a word is missing", NULL);
    CliRun run = cli_rig_run("data add films.csv --look");
    cr_assert_eq(run.status, 0, "%s", run.err);
    expect_printed(run, "nothing was written");
    cr_expect_eq(cli_rig_count(".", "films.json"), 0);
    cr_expect_eq(cli_rig_count("build", "films.csv"), 0);
}

Test(data_add, the_spec_that_is_proposed_has_a_name_that_can_be_run)
{
    write_films();
    CliRun run = cli_rig_run("data add films.csv --name all");
    cr_assert_eq(run.status, 0, "%s", run.err);
    expect_printed(run, "experiments/all-2.json");
}

Test(data_add, a_text_file_becomes_a_corpus)
{
    char text[4096] = "";
    for (int i = 0; i < 60; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "The cat sat on mat %d.\n\n", i);
    write_file("cats.txt", text);
    CliRun run = cli_rig_run("data add cats.txt --licence free");
    cr_assert_eq(run.status, 0, "%s", run.err);
    expect_printed(run, "corpus: running text to pre-train on");
    expect_printed(run, "\"corpus\": {");
    write_spec(run, "experiments/cats.json");
    run = cli_rig_run("data check cats");
    cr_assert_eq(run.status, 0, "%s", run.err);
    expect_printed(run, "cats: 20 documents");
    run = cli_rig_run("plan cats --scale mini");
    cr_assert_eq(run.status, 0, "%s", run.err);
}

#endif
