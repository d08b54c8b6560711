/* Rows of one's own: what is found by looking, and what is made of it. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <math.h>
#include <string.h>

#include "own_rig.h"

TestSuite(own, .init = dataset_fixture_set_up, .fini = dataset_fixture_tear_down);

/* The text of the row that begins so, whatever split it is in. */
static const char *find_text(const char *name, const char *begin)
{
    for (int s = 0; s < SPLIT_SUBMISSION; s++) {
        Examples examples = own_rig_read(name, (DatasetSplit)s);
        for (size_t i = 0; i < examples.n; i++)
            if (!strncmp(examples.items[i].text[0], begin, strlen(begin)))
                return examples.items[i].text[0];
    }
    return NULL;
}

/* --- how rows stand ----------------------------------------------------------------------------- */

Test(own, a_table_with_names_becomes_a_task_with_carved_splits)
{
    ADDED("films.csv",
          own_rig_make_rows("review,verdict\n", "film # is so,@\n", 40, "bad", "good"));
    const DatasetInfo *info = dataset_info(dataset_fixture_open("films"));
    cr_expect_str_eq(own_rig_added.name, "films");
    cr_expect_eq(info->form, DATASET_CLASSIFICATION);
    cr_expect_eq(info->n_labels, 2);
    cr_expect_str_eq(info->label_names[1], "good");
    cr_expect_str_eq(info->metric, "accuracy");
    cr_expect_null(info->licence);
    cr_expect_str_eq(info->test_note, "carved from the training rows, 8 rows");
    own_rig_expect_rows("films", 40);
    own_rig_expect_words("the first line names them; utf-8");
    own_rig_expect_words("'verdict': 2 labels: 'bad' (20), 'good' (20)");
    own_rig_expect_words("carved from the training rows");
    own_rig_expect_nothing("in");
}

Test(own, a_table_without_names_is_seen_to_have_none)
{
    ADDED("films.csv", own_rig_make_rows("", "film # is so,@\n", 40, "bad", "good"));
    own_rig_expect_rows("films", 40);
    cr_expect_not_null(find_text("films", "film 0 is so"));
    own_rig_expect_words("no line with their names");
}

Test(own, the_first_line_may_be_said_to_be_names_or_none)
{
    const char *text = own_rig_make_rows("heading,bad\n", "film # is so,@\n", 39, "bad", "good");
    cr_assert(own_rig_add_file("films.csv", text, (OwnAsked){.header = "no"}));
    cr_expect_not_null(find_text("films", "heading"));
    cr_assert(own_rig_add_file("films.csv", text, (OwnAsked){.header = "yes", .replace = true}));
    cr_expect_null(find_text("films", "heading"));
    dataset_fixture_expect_error(
        own_rig_add_file("films.csv", text, (OwnAsked){.header = "maybe", .name = "other"}),
        ERROR_USAGE, "--header: 'maybe' is neither yes nor no",
        "yes, where the first line names the columns", NULL);
}

Test(own, a_first_line_with_usual_names_is_one_though_some_are_empty_or_there_twice)
{
    ADDED("index.csv", own_rig_make_rows(",,text,label\n", "#,x,film #,@\n", 40, "good", "bad"));
    own_rig_expect_words("the first line names them");
    own_rig_expect_rows("index", 40);
    ADDED("ids.csv", own_rig_make_rows("id,id,text,label\n", "#,#,film #,@\n", 40, "good", "bad"));
    own_rig_expect_rows("ids", 40);
    REFUSED("texts.csv",
            own_rig_make_rows("text,text,label\n", "film #,play #,@\n", 40, "good", "bad"),
            "texts.csv: two columns are called 'text'", "try: rename one of them");
}

Test(own, semicolons_tabs_and_bars_are_found)
{
    ADDED("a.csv", own_rig_make_rows("text;label\n", "so, film #, 0,@;@\n", 40, "1", "2"));
    ADDED("b.tsv", own_rig_make_rows("text\tlabel\n", "a \"film, #\t@\n", 40, "1", "2"));
    ADDED("c.csv", own_rig_make_rows("text|label\n", "film #, so|@\n", 40, "1", "2"));
    own_rig_expect_rows("a", 40);
    own_rig_expect_rows("b", 40);
    own_rig_expect_rows("c", 40);
    cr_expect_str_eq(find_text("b", "a \"film, 7"), "a \"film, 7");
    cr_assert(own_rig_add_file("d.csv",
                               own_rig_make_rows("text,x;label\n", "film, #;@\n", 40, "1", "2"),
                               (OwnAsked){.delimiter = "semicolon", .text = "1"}),
              "%s", dataset_fixture.err.text);
    own_rig_expect_rows("d", 40);
    dataset_fixture_expect_error(own_rig_add_file("e.csv", "a,b\n", (OwnAsked){.delimiter = "x"}),
                                 ERROR_USAGE, "--delimiter: 'x' is no delimiter of fields", NULL);
}

Test(own, quotes_hold_delimiters_and_line_ends)
{
    ADDED("films.csv", own_rig_make_rows("text,label\r\n", "\"film #,\na \"\"classic\"\"\",@\r\n",
                                         40, "1", "2"));
    own_rig_expect_rows("films", 40);
    cr_expect_str_eq(find_text("films", "film 3,"), "film 3,\na \"classic\"");
    ADDED("tabs.tsv", own_rig_make_rows("text\tlabel\n", "\"film #\ta\"\t@\n", 40, "1", "2"));
    cr_expect_str_eq(find_text("tabs", "film 3\t"), "film 3\ta");
}

Test(own, encodings_are_found)
{
    ADDED("mark.csv",
          own_rig_make_rows("\xEF\xBB\xBFtext,label\n", "caf\xC3\xA9 #,@\n", 40, "1", "2"));
    ADDED("windows.csv", own_rig_make_rows("text,label\n",
                                           "\x93"
                                           "caf\xE9\x94 #,@\n",
                                           40, "1", "2"));
    ADDED("latin.csv", own_rig_make_rows("text,label\n", "caf\xE9 #,@\n", 40, "1", "2"));
    cr_expect_not_null(find_text("mark", "caf\xC3\xA9 1"));
    cr_expect_not_null(find_text("windows", "\xE2\x80\x9C"
                                            "caf\xC3\xA9\xE2\x80\x9D 1"));
    cr_expect_not_null(find_text("latin", "caf\xC3\xA9 1"));
    dataset_fixture_expect_error(own_rig_add_file("x.csv", "a,b\n", (OwnAsked){.encoding = "utf8"}),
                                 ERROR_USAGE, "--encoding: unknown encoding 'utf8'", "'utf-8'",
                                 NULL);
}

Test(own, empty_lines_are_passed_over)
{
    ADDED("films.csv", own_rig_make_rows("\n\ntext,label\n\n", "film #,@\n\r\n", 40, "1", "2"));
    own_rig_expect_rows("films", 40);
}

Test(own, json_lines_may_be_nested)
{
    ADDED("films.jsonl",
          own_rig_make_rows("",
                            "{\"data\": {\"review\": \"film # is so\", \"n\": #}, \"ok\": @, "
                            "\"tags\": []}\n",
                            40, "true", "false"));
    own_rig_expect_rows("films", 40);
    own_rig_expect_words("'data.review'");
    own_rig_expect_words("'ok': 2 labels: 'false' (20), 'true' (20)");
    own_rig_expect_words("'tags': not in every line");
}

Test(own, a_spreadsheet_is_refused_as_what_it_is)
{
    REFUSED("films.xlsx", "PK\003\004 and so on\n", "films.xlsx: is no text\n",
            "try: save a spreadsheet as CSV");
    own_rig_expect_nothing("films");
}

Test(own, a_list_of_json_says_how_it_becomes_lines)
{
    REFUSED("films.json", "[{\"text\": \"a\"}]", "is one JSON list", "jq");
}

/* --- columns, labels, forms ----------------------------------------------------------------------- */

Test(own, labels_may_be_words_in_any_column)
{
    ADDED("mail.csv", own_rig_make_rows("kind,id,message\n", "@,#,this is mail number #\n", 40,
                                        "not spam", "spam"));
    const DatasetInfo *info = dataset_info(dataset_fixture_open("mail"));
    cr_expect_str_eq(info->label_names[0], "not spam");
    own_rig_expect_words("not used    'id'");
}

Test(own, where_two_columns_could_be_the_label_both_are_shown)
{
    const char *text = own_rig_make_rows("a,b,c\n", "this is film #,@,@\n", 40, "x", "y");
    REFUSED("films.csv", text, "films.csv: more than one column could be the label: 'b', 'c'\n",
            "column 1, 'a': 40 different values in 40 rows, such as “this is film 0”\n",
            "column 2, 'b': 2 different values in 40 rows, such as “x”", "--label COLUMN");
    own_rig_expect_nothing("films");
    cr_assert(own_rig_add_file("films.csv", text, (OwnAsked){.label = "3"}), "%s",
              dataset_fixture.err.text);
    dataset_fixture_expect_error(
        own_rig_add_file("films.csv", text, (OwnAsked){.label = "bb", .name = "other"}),
        ERROR_USAGE, "--label: no column 'bb'", "try: 'b'", NULL);
}

Test(own, dates_and_times_are_no_labels_but_ranges_are)
{
    char rows[8192] = "";
    const char *const days[] = {"2018-06-11", "2018-06-12"},
                      *const times[] = {"9:30:00", "10:00:00"}, *const ages[] = {"18-25", "26-40"};
    for (size_t i = 0; i < 40; i++)
        snprintf(rows + strlen(rows), sizeof rows - strlen(rows), "this is film %zu,%s,%s,%s,all\n",
                 i, days[i % 2], times[i / 2 % 2], ages[i / 4 % 2]);
    ADDED("films.csv", arena_format(dataset_fixture.arena, &dataset_fixture.err,
                                    "text,day,hour,viewer,who\n%s", rows));
    own_rig_expect_words("label       'viewer': 2 labels: '18-25' (20), '26-40' (20)");
    REFUSED("days.csv",
            arena_format(dataset_fixture.arena, &dataset_fixture.err, "a,b,c,d,e\n%s",
                         own_rig_make_rows("", "this is film #,1.2,3,4,@\n", 40, "all", "all")),
            "no column looks like a label", "column 5, 'e': 1 value in 40 rows, such as “all”");
}

Test(own, two_texts_are_a_pair)
{
    const char *pair = "this is film #,that is film # too,@\n";
    ADDED("same.csv", own_rig_make_rows("sentence1,sentence2,label\n", pair, 40, "0", "1"));
    cr_expect_eq(dataset_info(dataset_fixture_open("same"))->form, DATASET_SIMILARITY);
    own_rig_expect_words("--form entailment");
    ADDED("nli.csv", own_rig_make_rows("premise,hypothesis,label\n", pair, 40, "0", "1"));
    cr_expect_eq(dataset_info(dataset_fixture_open("nli"))->form, DATASET_ENTAILMENT);
    cr_assert(own_rig_add_file("asked.csv", own_rig_make_rows("a,b,c\n", pair, 40, "0", "1"),
                               (OwnAsked){.form = "entailment", .text = "b", .text_b = "a"}),
              "%s", dataset_fixture.err.text);
    cr_expect_not_null(find_text("asked", "that is film 5 too"));
}

Test(own, many_numbers_with_decimals_are_estimated)
{
    ADDED("near.csv",
          own_rig_make_rows("a,b,score\n", "this is film #,that is film #,#.5\n", 40, "", ""));
    const DatasetInfo *info = dataset_info(dataset_fixture_open("near"));
    cr_expect_eq(info->form, DATASET_REGRESSION);
    cr_expect_eq(info->low, 0.5);
    cr_expect_eq(info->high, 39.5);
    cr_expect_str_eq(info->metric, "pearson");
    REFUSED("alone.csv", own_rig_make_rows("text,score\n", "this is film #,#.5\n", 40, "", ""),
            "holds numbers to be estimated", "--text-b");
}

Test(own, a_form_that_the_texts_do_not_fit_is_refused)
{
    const char *text = own_rig_make_rows("text,label\n", "film # is so,@\n", 40, "0", "1");
    dataset_fixture_expect_error(
        own_rig_add_file("films.csv", text, (OwnAsked){.form = "similarity"}), ERROR_USAGE,
        "form similarity is of two texts", "--text-b", NULL);
    dataset_fixture_expect_error(
        own_rig_add_file("films.csv", text, (OwnAsked){.form = "winograd"}), ERROR_USAGE,
        "is no form of rows that can be added", "classification", NULL);
}

/* --- files ---------------------------------------------------------------------------------------- */

Test(own, files_are_splits_by_their_names)
{
    static const char *const names[] = {"films-train.csv", "films.dev.csv", "films_test.csv", NULL};
    dataset_fixture_write("in/films-train.csv",
                          own_rig_make_rows("text,label\n", "film #,@\n", 40, "good", "bad"));
    dataset_fixture_write("in/films.dev.csv",
                          own_rig_make_rows("text,label\n", "film # b,@\n", 6, "good", "bad"));
    dataset_fixture_write("in/films_test.csv",
                          own_rig_make_rows("text,label\n", "film # c,@\n", 8, "good", "bad"));
    cr_assert(own_rig_add_files(names, (OwnAsked){0}), "%s", dataset_fixture.err.text);
    cr_expect_str_eq(own_rig_added.name, "films");
    cr_expect_eq(own_rig_read("films", SPLIT_TRAIN).n, 40);
    cr_expect_eq(own_rig_read("films", SPLIT_VALIDATION).n, 6);
    cr_expect_eq(own_rig_read("films", SPLIT_TEST).n, 8);
    cr_expect_str_eq(dataset_info(dataset_fixture_open("films"))->test_note,
                     "the rows of films_test.csv");
}

Test(own, files_of_two_encodings_or_no_training_rows_are_refused)
{
    static const char *const two[] = {"a.csv", "b.csv", NULL}, *const no[] = {"dev.csv", "test.csv",
                                                                              NULL};
    dataset_fixture_write("in/a.csv",
                          own_rig_make_rows("text,label\n", "caf\xE9 #,@\n", 40, "1", "2"));
    dataset_fixture_write("in/b.csv",
                          own_rig_make_rows("text,label\n", "caf\xC3\xA9 #,@\n", 40, "1", "2"));
    dataset_fixture_expect_error(own_rig_add_files(two, (OwnAsked){0}), ERROR_USAGE,
                                 "a.csv is in latin-1", "b.csv in utf-8", NULL);
    dataset_fixture_expect_error(own_rig_add_files(no, (OwnAsked){.name = "x"}), ERROR_USAGE,
                                 "none of the files holds training rows", NULL);
}

/* Whoever was killed, or changes the file meanwhile. */
/* Each as its own process, as people would start them. */
