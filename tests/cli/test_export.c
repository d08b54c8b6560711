/* Predictions of a finished run as files. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../scratch_folder.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/hash.h"
#include "cli_rig.h"
#include "export_rig.h"

#ifndef REPRISE_DOUBLE /* the command is the same in both builds */

TestSuite(export_predictions, .init = cli_rig_begin, .fini = cli_rig_end, .timeout = 120);

/* --- the tables that are written ----------------------------------------------------------------- */

enum { MAX_ROWS = 64, MAX_COLUMNS = 24, MAX_FIELD = 400 };

typedef struct Table {
    int n_rows, n_columns; /* rows without the names of the columns */
    char field[MAX_ROWS][MAX_COLUMNS][MAX_FIELD];
} Table;

/* Row 0 names the columns. */
static const Table *read_table(const char *path)
{
    static Table table;
    Error err = {0};
    Arena *arena = arena_create("table", &err);
    const char *text = scratch_folder_read(path);
    CsvReader reader = csv_reader(path, text, strlen(text));
    Buffer field = buffer_create(arena);
    table.n_rows = -1;
    for (; csv_next_row(&reader); table.n_rows++) {
        int c = 0;
        for (bool last = false; !last; c++) {
            cr_assert(csv_read(&field, &last, &reader, &err), "%s", err.text);
            cr_assert(table.n_rows + 1 < MAX_ROWS && c < MAX_COLUMNS);
            snprintf(table.field[table.n_rows + 1][c], MAX_FIELD, "%s", field.data);
        }
        if (table.n_rows < 0) table.n_columns = c;
        cr_assert_eq(c, table.n_columns, "%s: row %d", path, table.n_rows + 1);
    }
    arena_destroy(arena);
    return &table;
}

static const char *text_at(const Table *table, int row, const char *column)
{
    for (int c = 0; c < table->n_columns; c++)
        if (!strcmp(table->field[0][c], column)) return table->field[row + 1][c];
    cr_assert(false, "there is no column '%s'", column);
    return "";
}

static double number_at(const Table *table, int row, const char *column)
{
    return strtod(text_at(table, row, column), NULL);
}

static void expect_columns(const Table *table, const char *names)
{
    char all[MAX_COLUMNS * 40] = "";
    for (int c = 0; c < table->n_columns; c++)
        snprintf(all + strlen(all), sizeof all - strlen(all), c ? ",%s" : "%s", table->field[0][c]);
    cr_expect_str_eq(all, names);
}

/* --- predictions --------------------------------------------------------------------------------- */

/* The numbers in there/Rated.tsv, which is laid out as GLUE wants STS-B.tsv: nothing follows. */
static void export_ratings(double value[3])
{
    CliRun run = cli_rig_run("export predictions trial --scale mini --out there");
    cr_assert_eq(run.status, 0, "%s", run.err);
    cr_expect(strstr(run.out, "there/Rated.tsv: 3 rows for the benchmark's server"), "%s", run.out);
    const char *text = scratch_folder_read("there/Rated.tsv");
    int size = 0;
    cr_assert_eq(sscanf(text, "index\tprediction\n0\t%lf\n1\t%lf\n2\t%lf%n", &value[0], &value[1],
                        &value[2], &size),
                 3, "%s", text);
    cr_expect_str_eq(text + size, "\n");
}

Test(export_predictions, a_server_gets_a_number_for_each_row_within_the_range)
{
    double value[3];
    export_rig_run_trial();
    export_ratings(value);
    for (int i = 0; i < 3; i++) cr_expect(0 <= value[i] && value[i] <= 5, "%g", value[i]);
}

/* Steps as long as these lead far away from every score. */
Test(export_predictions, a_server_gets_numbers_beyond_the_range_as_its_end)
{
    double value[3];
    cli_rig_edit(EXPORT_RIG_TRIAL, "\"format\": 1,",
                 "\"format\": 1, \"finetune\": {\"regression\": \"squared-error\", "
                 "\"learning_rate\": 0.5},");
    export_rig_run_trial();
    export_ratings(value);
    for (int i = 0; i < 3; i++) cr_expect(value[i] == 0 || value[i] == 5, "%g", value[i]);
}

/* Two variants and two seeds. */
static void run_variants(const char *tasks)
{
    cli_rig_edit(EXPORT_RIG_TRIAL, "\"all\"", tasks);
    cli_rig_edit(EXPORT_RIG_TRIAL, "\"format\": 1,",
                 "\"format\": 1, \"seeds\": 2, \"variants\": {\"read\": {}, \"raw, it is\": "
                 "{\"pretrain\": null}},");
    CliRun run = cli_rig_run("run trial --scale mini");
    cr_assert_eq(run.status, 0, "%s", run.err);
}

static const char happy[] = "build/predictions/trial/mini/tiny-happy.csv";

Test(export_predictions, every_run_has_a_row_for_each_example_with_text_truth_and_probabilities)
{
    run_variants("[\"tiny-happy\"]");
    CliRun run = cli_rig_run("export predictions trial --scale mini");
    cr_assert_eq(run.status, 0, "%s", run.err);
    cr_expect(strstr(run.out, "tiny-happy.csv: 8 test examples, 4 runs\n"), "%s", run.out);
    const Table *table = read_table(happy);
    expect_columns(table, "cell,seed,row,id,truth,prediction,p_truth,p_sad,p_happy,text");
    cr_assert_eq(table->n_rows, 2 * 2 * 8);
    for (int r = 0; r < table->n_rows; r++) {
        const double sad = number_at(table, r, "p_sad"), glad = number_at(table, r, "p_happy");
        const bool is_sad = !strcmp(text_at(table, r, "truth"), "sad");
        cr_expect_str_eq(text_at(table, r, "cell"), r < 16 ? "read" : "raw, it is");
        cr_expect_eq(number_at(table, r, "seed"), 1 + r / 8 % 2);
        cr_expect_eq(number_at(table, r, "row"), 1 + r % 8);
        cr_expect_float_eq(sad + glad, 1, 1e-8);
        cr_expect_str_eq(text_at(table, r, "prediction"), sad >= glad ? "sad" : "happy");
        cr_expect_eq(number_at(table, r, "p_truth"), is_sad ? sad : glad);
        cr_expect_gt(strlen(text_at(table, r, "text")), 10);
        cr_expect_str_eq(text_at(table, r, "text"), text_at(table, r % 8, "text"));
    }
}

Test(export_predictions, of_one_cell_and_seed_if_they_are_named)
{
    run_variants("[\"tiny-happy\"]");
    CliRun run = cli_rig_run("export predictions trial --scale mini --seed 2 --cell read");
    cr_assert_eq(run.status, 0, "%s", run.err);
    const Table *table = read_table(happy);
    cr_assert_eq(table->n_rows, 8);
    for (int r = 0; r < 8; r++) {
        cr_expect_str_eq(text_at(table, r, "cell"), "read");
        cr_expect_eq(number_at(table, r, "seed"), 2);
    }
}

Test(export_predictions, answers_are_numbers_and_their_texts_columns)
{
    run_variants("[\"tiny-ending\"]");
    CliRun run = cli_rig_run("export predictions trial --scale mini");
    cr_assert_eq(run.status, 0, "%s", run.err);
    const Table *table = read_table("build/predictions/trial/mini/tiny-ending.csv");
    expect_columns(table,
                   "cell,seed,row,id,truth,prediction,p_truth,p_0,p_1,text,answer_0,answer_1");
    for (int r = 0; r < table->n_rows; r++) {
        const bool second = number_at(table, r, "truth") == 1;
        cr_expect_eq(number_at(table, r, "p_truth"), number_at(table, r, second ? "p_1" : "p_0"));
        cr_expect_str_neq(text_at(table, r, "answer_0"), text_at(table, r, "answer_1"));
    }
}

Test(export_predictions, numbers_have_no_probabilities)
{
    export_rig_run_trial();
    CliRun run = cli_rig_run("export predictions trial --scale mini --out there");
    cr_assert_eq(run.status, 0, "%s", run.err);
    const Table *table = read_table("there/ratings.csv");
    expect_columns(table, "cell,seed,row,id,truth,prediction,text,text_2");
    cr_assert_eq(table->n_rows, 4);
    cr_expect_eq(number_at(table, 3, "truth"), 3.25);
    cr_expect_str_eq(text_at(table, 1, "text_2"), "some poor play");
}

Test(export_predictions, without_the_data_there_are_no_texts_and_the_way_to_them_is_told)
{
    Error err = {0};
    export_rig_write_ratings(false);
    cli_rig_edit(EXPORT_RIG_TRIAL, "\"all\"", "[\"ratings\"]");
    cli_rig_expect(cli_rig_run("run trial --scale mini"), 0, NULL);
    cr_assert(file_remove_tree("build/data", &err) && file_remove_tree("mirror", &err), "%s",
              err.text);
    CliRun run = cli_rig_run("export predictions trial --scale mini --out there");
    cr_assert_eq(run.status, 0, "%s", run.err);
    cr_expect(strstr(run.out, "without texts: the files of data set 'ratings' are not here") &&
                  strstr(run.out, "try: reprise data fetch ratings"),
              "%s", run.out);
    const Table *table = read_table("there/ratings.csv");
    expect_columns(table, "cell,seed,row,id,truth,prediction");
    cr_expect_eq(table->n_rows, 4);
}

Test(export_predictions, of_one_task_that_is_not_done_nothing_is_written)
{
    run_variants("[\"tiny-happy\"]");
    cli_rig_edit(EXPORT_RIG_TRIAL, "[\"tiny-happy\"]", "[\"tiny-happy\", \"tiny-ending\"]");
    cli_rig_expect(cli_rig_run("export predictions trial --scale mini --out there"), 1,
                   "task 'tiny-ending' of cell 'read' is not done", NULL);
    cr_expect_eq(cli_rig_count(".", "tiny-happy.csv"), 0);
}

Test(export_predictions, before_the_run_it_says_what_to_run)
{
    cli_rig_expect(cli_rig_run("export predictions trial --scale mini"), 1,
                   "task 'tiny-happy' of cell", "is not done",
                   "try: reprise run trial --scale mini", NULL);
}

Test(export_predictions, an_unknown_cell_seed_or_subject_is_told)
{
    cli_rig_expect(cli_rig_run("export predictions trial --scale mini --cell ful"), 2,
                   "experiment 'trial' has no cell 'ful'", NULL);
    cli_rig_expect(cli_rig_run("export predictions trial --scale mini --seed 7"), 2,
                   "experiment 'trial' has no seed 7", NULL);
    cli_rig_expect(cli_rig_run("export prediction trial"), 2, "unknown word 'prediction'",
                   "try: 'predictions'", NULL);
}

/* --- disagreements ------------------------------------------------------------------------------- */

TestSuite(export_disagreements, .init = cli_rig_begin, .fini = cli_rig_end, .timeout = 120);

#define DISAGREE "export disagreements trial --scale mini"

/* The mean over both seeds of a cell that begins at this row of the table of predictions. */
static double mean_at(const Table *predictions, int begin, int row)
{
    return (number_at(predictions, begin + row - 1, "p_truth") +
            number_at(predictions, begin + 8 + row - 1, "p_truth")) /
           2;
}

Test(export_disagreements, examples_stand_by_how_far_two_cells_are_apart_on_the_truth)
{
    run_variants("[\"tiny-happy\"]");
    cli_rig_expect(cli_rig_run("export predictions trial --scale mini"), 0, NULL);
    CliRun run = cli_rig_run(DISAGREE);
    cr_assert_eq(run.status, 0, "%s", run.err);
    const Table predictions = *read_table(happy),
                *table = read_table("build/predictions/trial/mini/tiny-happy-disagreements.csv");
    expect_columns(table, "row,id,truth,p_truth, read,seeds right, read,p_truth, raw, it is,"
                          "seeds right, raw, it is,difference,text");
    cr_assert_eq(table->n_rows, 8);
    double before = 1;
    for (int r = 0; r < 8; r++) {
        const int row = (int)number_at(table, r, "row");
        const double read = mean_at(&predictions, 0, row), raw = mean_at(&predictions, 16, row);
        cr_expect_float_eq(number_at(table, r, "p_truth, read"), read, 1e-8);
        cr_expect_float_eq(number_at(table, r, "p_truth, raw, it is"), raw, 1e-8);
        cr_expect_float_eq(number_at(table, r, "difference"), read - raw, 1e-8);
        cr_expect_leq(fabs(read - raw), before + 1e-8);
        cr_expect_str_eq(text_at(table, r, "text"), text_at(&predictions, row - 1, "text"));
        before = fabs(read - raw);
    }
}

Test(export_disagreements, those_on_which_they_differ_most_are_shown_with_their_texts)
{
    run_variants("[\"tiny-happy\", \"tiny-ending\"]");
    CliRun run = cli_rig_run(DISAGREE " --task tiny-ending --cell read --out there");
    cr_assert_eq(run.status, 0, "%s", run.err);
    cr_expect(strstr(run.out, "tiny-ending: probability of the true answer, mean over 2 seeds"),
              "%s", run.out);
    cr_expect(strstr(run.out, "; the truth is answer_") && strstr(run.out, "\n    answer_1: "),
              "%s", run.out);
    cr_expect(strstr(run.out, "test examples: there/tiny-ending-disagreements.csv"), "%s", run.out);
    cr_expect_eq(cli_rig_count(".", "tiny-happy-disagreements.csv"), 0);
}

Test(export_disagreements, it_takes_two_cells_that_are_done)
{
    cli_rig_expect(cli_rig_run(DISAGREE), 2, "experiment 'trial' has one cell", NULL);
    cli_rig_edit(EXPORT_RIG_TRIAL, "\"format\": 1,",
                 "\"format\": 1, \"variants\": {\"a\": {}, \"b\": {\"pretrain\": null}},");
    cli_rig_expect(cli_rig_run(DISAGREE), 1, "of cell 'a' is not done",
                   "try: reprise run trial --scale mini", NULL);
    cli_rig_expect(cli_rig_run(DISAGREE " --cell b --against b"), 2,
                   "cell 'b' cannot disagree with itself", NULL);
    cli_rig_expect(cli_rig_run(DISAGREE " --against c"), 2, "has no cell 'c'", NULL);
    cli_rig_expect(cli_rig_run(DISAGREE " --task tiny-hapy"), 2, "has no task 'tiny-hapy'", NULL);
}

/* --- courses ------------------------------------------------------------------------------------- */

TestSuite(export_tensorboard, .init = cli_rig_begin, .fini = cli_rig_end, .timeout = 120);

#define EVENTS "events.out.tfevents.0.reprise"

/* Whether a file holds bytes that are text. */
static bool holds(const char *name, const char *text)
{
    char *bytes;
    size_t size;
    Error err = {0};
    Arena *arena = arena_create("test", &err);
    cr_assert(arena && file_read(&bytes, &size, scratch_folder_path(name), arena, &err), "%s",
              err.text);
    const bool found = memmem(bytes, size, text, strlen(text)) != NULL;
    arena_destroy(arena);
    return found;
}

Test(export_tensorboard, each_training_is_a_folder_with_its_curves)
{
    export_rig_run_trial();
    CliRun run = cli_rig_run("export tensorboard trial --scale mini");
    cr_assert_eq(run.status, 0, "%s", run.err);
    cr_expect_str_eq(run.out, "build/tensorboard/trial/mini: 3 trainings\n"
                              "look at them: tensorboard --logdir build/tensorboard/trial/mini\n");
    cr_expect_eq(cli_rig_count("build/tensorboard", EVENTS), 3);
    cr_expect(holds("build/tensorboard/trial/mini/default/pre-training/" EVENTS, "pretrain/loss"));
    static const char finetuning[] =
        "build/tensorboard/trial/mini/default/tiny-happy/seed-1/" EVENTS;
    cr_expect(holds(finetuning, "brain.Event:2") && holds(finetuning, "finetune/learning_rate") &&
              holds(finetuning, "epoch/validation_score"));
    cr_expect_not(holds(finetuning, "/epoch\x15"));
}

Test(export_tensorboard, the_same_trainings_give_the_same_bytes)
{
    static const char file[] = "here/default/ratings/seed-1/" EVENTS;
    export_rig_run_trial();
    cr_assert_eq(cli_rig_run("export tensorboard trial --scale mini --out here").status, 0);
    HashText first, second;
    Error err = {0};
    cr_assert(hash_file(&first, scratch_folder_path(file), &err), "%s", err.text);
    cr_assert_eq(cli_rig_run("export tensorboard trial --scale mini --out here").status, 0);
    cr_assert(hash_file(&second, scratch_folder_path(file), &err), "%s", err.text);
    cr_expect_str_eq(first.text, second.text);
}

Test(export_tensorboard, what_is_not_done_is_counted)
{
    export_rig_run_trial();
    cli_rig_edit(EXPORT_RIG_TRIAL, "\"format\": 1,",
                 "\"format\": 1, \"variants\": {\"a/b\": {}, \"longer\": "
                 "{\"finetune\": {\"epochs\": 4}}},");
    CliRun run = cli_rig_run("export tensorboard trial --scale mini --out here");
    cr_assert_eq(run.status, 0, "%s", run.err);
    cr_expect(strstr(run.out, "here: 3 trainings; 2 more are not done yet\n"), "%s", run.out);
    cr_expect_eq(cli_rig_count("here/a%2Fb", EVENTS), 3);
}

Test(export_tensorboard, before_the_run_it_says_what_to_run)
{
    cli_rig_expect(cli_rig_run("export tensorboard trial --scale mini"), 1,
                   "no training of 'trial' at scale mini is done",
                   "try: reprise run trial --scale mini", NULL);
}

#endif
