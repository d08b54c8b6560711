/* Data of one's own: what is found by looking, what is refused and why, and that nothing is half written. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/interrupt.h"
#include "data/own/own_add.h"
#include "dataset_fixture.h"

TestSuite(own, .init = dataset_fixture_set_up, .fini = dataset_fixture_tear_down);

static OwnAdded added;

/* Adds FOLDER/in/NAME... , up to a NULL. */
static bool add_files(const char *const *names, OwnAsked asked)
{
    DatasetFixture *f = &dataset_fixture;
    const char *paths[8];
    size_t n = 0;
    for (; names[n]; n++) {
        paths[n] = arena_format(f->arena, &f->err, "%s/in/%s", f->folder, names[n]);
        cr_assert(paths[n]);
    }
    error_clear(&f->err);
    return own_add(&added, paths, n, &asked, &f->places, f->arena, &f->err);
}

static bool add_file(const char *name, const char *text, OwnAsked asked)
{
    const char *const names[] = {name, NULL};
    char path[64];
    snprintf(path, sizeof path, "in/%s", name);
    dataset_fixture_write(path, text);
    return add_files(names, asked);
}

/* `n` rows by a format of a number and a word of two. */
static const char *make_rows(const char *head, const char *format, int n, const char *even,
                             const char *odd)
{
    DatasetFixture *f = &dataset_fixture;
    Buffer text = buffer_create(f->arena);
    bool made = buffer_add_text(&text, head, &f->err);
    for (int i = 0; i < n; i++) {
        const char *at = format;
        for (; *at && made; at++)
            made = *at == '#'   ? buffer_format(&text, &f->err, "%d", i)
                   : *at == '@' ? buffer_add_text(&text, i % 2 ? odd : even, &f->err)
                                : buffer_add_char(&text, *at, &f->err);
    }
    cr_assert(made);
    return text.data;
}

static Examples read_split(const char *name, DatasetSplit split)
{
    DatasetFixture *f = &dataset_fixture;
    Examples examples;
    cr_assert(dataset_examples(&examples, dataset_fixture_open(name), split, f->arena, &f->err),
              "%s", f->err.text);
    return examples;
}

/* All of its rows are there, in three splits, with both labels. */
static void expect_rows(const char *name, size_t n)
{
    size_t sum = 0, first = 0;
    for (int s = 0; s < SPLIT_SUBMISSION; s++) {
        Examples examples = read_split(name, (DatasetSplit)s);
        cr_expect_gt(examples.n, 0);
        sum += examples.n;
        for (size_t i = 0; i < examples.n; i++) first += examples.items[i].label == 0;
    }
    cr_expect_eq(sum, n);
    cr_expect_eq(first, n / 2);
}

/* The text of the row that begins so, whatever split it is in. */
static const char *find_text(const char *name, const char *begin)
{
    for (int s = 0; s < SPLIT_SUBMISSION; s++) {
        Examples examples = read_split(name, (DatasetSplit)s);
        for (size_t i = 0; i < examples.n; i++)
            if (!strncmp(examples.items[i].text[0], begin, strlen(begin)))
                return examples.items[i].text[0];
    }
    return NULL;
}

static void expect_nothing(const char *name)
{
    char manifest[64];
    snprintf(manifest, sizeof manifest, "manifests/%s.json", name);
    cr_expect_not(dataset_fixture_exists(manifest));
    snprintf(manifest, sizeof manifest, "downloads/own/%s", name);
    cr_expect_not(dataset_fixture_exists(manifest));
    snprintf(manifest, sizeof manifest, "downloads/own/.adding-%s", name);
    cr_expect_not(dataset_fixture_exists(manifest));
}

static void expect_words(const char *part)
{
    cr_expect(strstr(added.words.data, part), "'%s' is not in:\n%s", part, added.words.data);
}

#define ADDED(file, rows_)                                                                         \
    cr_assert(add_file(file, rows_, (OwnAsked){0}), "%s", dataset_fixture.err.text)
#define REFUSED(file, rows_, ...)                                                                  \
    dataset_fixture_expect_error(add_file(file, rows_, (OwnAsked){0}), ERROR_USAGE, __VA_ARGS__,   \
                                 NULL)

/* --- how rows stand ----------------------------------------------------------------------------- */

Test(own, a_table_with_names_becomes_a_task_with_carved_splits)
{
    ADDED("films.csv", make_rows("review,verdict\n", "film # is so,@\n", 40, "bad", "good"));
    const DatasetInfo *info = dataset_info(dataset_fixture_open("films"));
    cr_expect_str_eq(added.name, "films");
    cr_expect_eq(info->form, DATASET_CLASSIFICATION);
    cr_expect_eq(info->n_labels, 2);
    cr_expect_str_eq(info->label_names[1], "good");
    cr_expect_str_eq(info->metric, "accuracy");
    cr_expect_null(info->licence);
    cr_expect_str_eq(info->test_note, "carved from the training rows, 8 rows");
    expect_rows("films", 40);
    expect_words("the first line names them; utf-8");
    expect_words("'verdict': 2 labels: 'bad' (20), 'good' (20)");
    expect_words("carved from the training rows");
    expect_nothing("in");
}

Test(own, a_table_without_names_is_seen_to_have_none)
{
    ADDED("films.csv", make_rows("", "film # is so,@\n", 40, "bad", "good"));
    expect_rows("films", 40);
    cr_expect_not_null(find_text("films", "film 0 is so"));
    expect_words("no line with their names");
}

Test(own, the_first_line_may_be_said_to_be_names_or_none)
{
    const char *text = make_rows("heading,bad\n", "film # is so,@\n", 39, "bad", "good");
    cr_assert(add_file("films.csv", text, (OwnAsked){.header = "no"}));
    cr_expect_not_null(find_text("films", "heading"));
    cr_assert(add_file("films.csv", text, (OwnAsked){.header = "yes", .replace = true}));
    cr_expect_null(find_text("films", "heading"));
    dataset_fixture_expect_error(
        add_file("films.csv", text, (OwnAsked){.header = "maybe", .name = "other"}), ERROR_USAGE,
        "--header: 'maybe'", "yes, where the first line names the columns", NULL);
}

Test(own, a_first_line_with_usual_names_is_one_though_some_are_empty_or_there_twice)
{
    ADDED("index.csv", make_rows(",,text,label\n", "#,x,film #,@\n", 40, "good", "bad"));
    expect_words("the first line names them");
    expect_rows("index", 40);
    ADDED("ids.csv", make_rows("id,id,text,label\n", "#,#,film #,@\n", 40, "good", "bad"));
    expect_rows("ids", 40);
    REFUSED("texts.csv", make_rows("text,text,label\n", "film #,play #,@\n", 40, "good", "bad"),
            "texts.csv: two columns are called 'text'", "try: rename one of them");
}

Test(own, semicolons_tabs_and_bars_are_found)
{
    ADDED("a.csv", make_rows("text;label\n", "so, film #, 0,@;@\n", 40, "1", "2"));
    ADDED("b.tsv", make_rows("text\tlabel\n", "a \"film, #\t@\n", 40, "1", "2"));
    ADDED("c.csv", make_rows("text|label\n", "film #, so|@\n", 40, "1", "2"));
    expect_rows("a", 40);
    expect_rows("b", 40);
    expect_rows("c", 40);
    cr_expect_str_eq(find_text("b", "a \"film, 7"), "a \"film, 7");
    cr_assert(add_file("d.csv", make_rows("text,x;label\n", "film, #;@\n", 40, "1", "2"),
                       (OwnAsked){.delimiter = "semicolon", .text = "1"}),
              "%s", dataset_fixture.err.text);
    expect_rows("d", 40);
    dataset_fixture_expect_error(add_file("e.csv", "a,b\n", (OwnAsked){.delimiter = "x"}),
                                 ERROR_USAGE, "--delimiter: 'x' is no delimiter of fields", NULL);
}

Test(own, quotes_hold_delimiters_and_line_ends)
{
    ADDED("films.csv",
          make_rows("text,label\r\n", "\"film #,\na \"\"classic\"\"\",@\r\n", 40, "1", "2"));
    expect_rows("films", 40);
    cr_expect_str_eq(find_text("films", "film 3,"), "film 3,\na \"classic\"");
    ADDED("tabs.tsv", make_rows("text\tlabel\n", "\"film #\ta\"\t@\n", 40, "1", "2"));
    cr_expect_str_eq(find_text("tabs", "film 3\t"), "film 3\ta");
}

Test(own, encodings_are_found)
{
    ADDED("mark.csv", make_rows("\xEF\xBB\xBFtext,label\n", "caf\xC3\xA9 #,@\n", 40, "1", "2"));
    ADDED("windows.csv", make_rows("text,label\n",
                                   "\x93"
                                   "caf\xE9\x94 #,@\n",
                                   40, "1", "2"));
    ADDED("latin.csv", make_rows("text,label\n", "caf\xE9 #,@\n", 40, "1", "2"));
    cr_expect_not_null(find_text("mark", "caf\xC3\xA9 1"));
    cr_expect_not_null(find_text("windows", "\xE2\x80\x9C"
                                            "caf\xC3\xA9\xE2\x80\x9D 1"));
    cr_expect_not_null(find_text("latin", "caf\xC3\xA9 1"));
    dataset_fixture_expect_error(add_file("x.csv", "a,b\n", (OwnAsked){.encoding = "utf8"}),
                                 ERROR_USAGE, "--encoding: unknown encoding 'utf8'", "'utf-8'",
                                 NULL);
}

Test(own, empty_lines_are_passed_over)
{
    ADDED("films.csv", make_rows("\n\ntext,label\n\n", "film #,@\n\r\n", 40, "1", "2"));
    expect_rows("films", 40);
}

Test(own, json_lines_may_be_nested)
{
    ADDED("films.jsonl",
          make_rows("",
                    "{\"data\": {\"review\": \"film # is so\", \"n\": #}, \"ok\": @, "
                    "\"tags\": []}\n",
                    40, "true", "false"));
    expect_rows("films", 40);
    expect_words("'data.review'");
    expect_words("'ok': 2 labels: 'false' (20), 'true' (20)");
    expect_words("'tags': not in every line");
}

Test(own, a_list_of_json_says_how_it_becomes_lines)
{
    REFUSED("films.json", "[{\"text\": \"a\"}]", "is one JSON list", "jq");
}

/* --- columns, labels, forms ----------------------------------------------------------------------- */

Test(own, labels_may_be_words_in_any_column)
{
    ADDED("mail.csv",
          make_rows("kind,id,message\n", "@,#,this is mail number #\n", 40, "not spam", "spam"));
    const DatasetInfo *info = dataset_info(dataset_fixture_open("mail"));
    cr_expect_str_eq(info->label_names[0], "not spam");
    expect_words("not used    'id'");
}

Test(own, where_two_columns_could_be_the_label_both_are_shown)
{
    const char *text = make_rows("a,b,c\n", "this is film #,@,@\n", 40, "x", "y");
    REFUSED("films.csv", text, "more than one column could be the label",
            "column 2, 'b': 2 different values in 40 rows, such as 'x'", "--label COLUMN");
    expect_nothing("films");
    cr_assert(add_file("films.csv", text, (OwnAsked){.label = "3"}), "%s",
              dataset_fixture.err.text);
    dataset_fixture_expect_error(
        add_file("films.csv", text, (OwnAsked){.label = "bb", .name = "other"}), ERROR_USAGE,
        "--label: no column 'bb'", "try: 'b'", NULL);
}

Test(own, one_label_alone_is_refused)
{
    REFUSED("films.csv", make_rows("text,label\n", "film #,@\n", 40, "good", "good"),
            "every row has the label 'good' in column 'label'", "two labels");
    expect_nothing("films");
}

Test(own, labels_that_nobody_would_tell_apart_are_told)
{
    static const char *const odd[] = {"pos ", "Pos", "po\xE2\x80\x8Bs", "pos\xC2\xA0"};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        cr_assert(add_file("films.csv", make_rows("text,label\n", "film #,@\n", 40, "pos", odd[i]),
                           (OwnAsked){.replace = true}));
        expect_words("are two labels: they differ by spaces, case, or how");
    }
    ADDED("cafes.csv", make_rows("text,label\n", "film #,@\n", 40, "caf\xC3\xA9", "cafe\xCC\x81"));
    expect_words("are two labels");
    ADDED("numbers.csv", make_rows("text,label\n", "film #,@\n", 40, "1", "1.0"));
    expect_words("'1' and '1.0' are two labels");
    ADDED("plays.csv", make_rows("text,label\n", "film #,@\n", 40, "good", "bad"));
    cr_expect_null(strstr(added.words.data, "are two labels"));
}

Test(own, one_text_in_all_rows_is_refused)
{
    REFUSED("films.csv", make_rows("text,label\n", "a film,@\n", 40, "good", "bad"),
            "no row is left to train on: all have the same text");
    expect_nothing("films");
}

Test(own, what_json_lines_have_only_now_and_then_is_told_where_a_column_is_looked_for)
{
    REFUSED("films.jsonl",
            make_rows("", "{\"text\": \"film #\", \"label\": @}\n", 40, "null", "\"bad\""),
            "no column looks like a label", "while leaving out 'label': not in every line");
}

Test(own, lines_that_end_in_CR_alone_are_told)
{
    REFUSED("mac.csv", make_rows("text,label\r", "film #,@\r", 40, "good", "bad"),
            "mac.csv: has no rows", "try: lines end in LF or CR LF");
}

Test(own, numbers_that_no_manifest_takes_are_told_with_their_column)
{
    REFUSED("pairs.csv", make_rows("a,b,score\n", "one #,two #,9999999#.@\n", 40, "5", "25"),
            "pairs.csv: column 'score' has numbers from", "try: give them in another unit");
    expect_nothing("pairs");
}

Test(own, too_few_rows_are_refused)
{
    REFUSED("films.csv", make_rows("text,label\n", "film #,@\n", 29, "good", "bad"),
            "29 training rows are too few", "30 rows at least");
    REFUSED("none.csv", "text,label\n", "none.csv: has no rows");
}

Test(own, an_empty_label_or_text_is_told_with_its_line)
{
    const char *rows = make_rows("text,label\n", "film #,@\n", 40, "good", "bad");
    char *text =
        arena_format(dataset_fixture.arena, &dataset_fixture.err, "%sfilm,\n ,good\n", rows);
    REFUSED("films.csv", text, "in/films.csv:42: column 'label' is empty",
            "in/films.csv:43: column 'text' is empty");
}

Test(own, a_row_that_does_not_fit_is_told_with_its_line)
{
    const char *rows = make_rows("text,label\n", "film #,@\n", 40, "good", "bad");
    char *text =
        arena_format(dataset_fixture.arena, &dataset_fixture.err, "%sfilm, so,good\n", rows);
    REFUSED("films.csv", text, "films.csv:42: 3 comma-separated fields, expected 2",
            "into double quotes");
    REFUSED("word.csv", "one\ntwo\n", "neither tabs, semicolons, bars nor commas");
    REFUSED("empty.csv", " \n", "is empty");
}

Test(own, two_texts_are_a_pair)
{
    const char *pair = "this is film #,that is film # too,@\n";
    ADDED("same.csv", make_rows("sentence1,sentence2,label\n", pair, 40, "0", "1"));
    cr_expect_eq(dataset_info(dataset_fixture_open("same"))->form, DATASET_SIMILARITY);
    expect_words("--form entailment");
    ADDED("nli.csv", make_rows("premise,hypothesis,label\n", pair, 40, "0", "1"));
    cr_expect_eq(dataset_info(dataset_fixture_open("nli"))->form, DATASET_ENTAILMENT);
    cr_assert(add_file("asked.csv", make_rows("a,b,c\n", pair, 40, "0", "1"),
                       (OwnAsked){.form = "entailment", .text = "b", .text_b = "a"}),
              "%s", dataset_fixture.err.text);
    cr_expect_not_null(find_text("asked", "that is film 5 too"));
}

Test(own, many_numbers_with_decimals_are_estimated)
{
    ADDED("near.csv", make_rows("a,b,score\n", "this is film #,that is film #,#.5\n", 40, "", ""));
    const DatasetInfo *info = dataset_info(dataset_fixture_open("near"));
    cr_expect_eq(info->form, DATASET_REGRESSION);
    cr_expect_eq(info->low, 0.5);
    cr_expect_eq(info->high, 39.5);
    cr_expect_str_eq(info->metric, "pearson");
    REFUSED("alone.csv", make_rows("text,score\n", "this is film #,#.5\n", 40, "", ""),
            "holds numbers to be estimated", "--text-b");
}

Test(own, a_form_that_the_texts_do_not_fit_is_refused)
{
    const char *text = make_rows("text,label\n", "film # is so,@\n", 40, "0", "1");
    dataset_fixture_expect_error(add_file("films.csv", text, (OwnAsked){.form = "similarity"}),
                                 ERROR_USAGE, "form similarity is of two texts", "--text-b", NULL);
    dataset_fixture_expect_error(add_file("films.csv", text, (OwnAsked){.form = "winograd"}),
                                 ERROR_USAGE, "is no form of rows that can be added",
                                 "classification", NULL);
}

/* --- files ---------------------------------------------------------------------------------------- */

Test(own, files_are_splits_by_their_names)
{
    static const char *const names[] = {"films-train.csv", "films.dev.csv", "films_test.csv", NULL};
    dataset_fixture_write("in/films-train.csv",
                          make_rows("text,label\n", "film #,@\n", 40, "good", "bad"));
    dataset_fixture_write("in/films.dev.csv",
                          make_rows("text,label\n", "film # b,@\n", 6, "good", "bad"));
    dataset_fixture_write("in/films_test.csv",
                          make_rows("text,label\n", "film # c,@\n", 8, "good", "bad"));
    cr_assert(add_files(names, (OwnAsked){0}), "%s", dataset_fixture.err.text);
    cr_expect_str_eq(added.name, "films");
    cr_expect_eq(read_split("films", SPLIT_TRAIN).n, 40);
    cr_expect_eq(read_split("films", SPLIT_VALIDATION).n, 6);
    cr_expect_eq(read_split("films", SPLIT_TEST).n, 8);
    cr_expect_str_eq(dataset_info(dataset_fixture_open("films"))->test_note,
                     "the rows of films_test.csv");
}

Test(own, files_of_two_encodings_or_no_training_rows_are_refused)
{
    static const char *const two[] = {"a.csv", "b.csv", NULL}, *const no[] = {"dev.csv", "test.csv",
                                                                              NULL};
    dataset_fixture_write("in/a.csv", make_rows("text,label\n", "caf\xE9 #,@\n", 40, "1", "2"));
    dataset_fixture_write("in/b.csv", make_rows("text,label\n", "caf\xC3\xA9 #,@\n", 40, "1", "2"));
    dataset_fixture_expect_error(add_files(two, (OwnAsked){0}), ERROR_USAGE, "a.csv is in latin-1",
                                 "b.csv in utf-8", NULL);
    dataset_fixture_expect_error(add_files(no, (OwnAsked){.name = "x"}), ERROR_USAGE,
                                 "none of the files holds training rows", NULL);
}

Test(own, columns_in_another_order_are_told_with_what_to_do)
{
    static const char *const two[] = {"a-train.csv", "a-test.csv", NULL};
    dataset_fixture_write("in/a-train.csv", make_rows("text,label\n", "film #,@\n", 40, "1", "2"));
    dataset_fixture_write("in/a-test.csv", make_rows("label,text\n", "@,play #\n", 40, "1", "2"));
    dataset_fixture_expect_error(add_files(two, (OwnAsked){0}), ERROR_USAGE,
                                 "a-test.csv:1: column 1 is called 'label', expected 'text'",
                                 "try: the same columns in the same order", NULL);
}

Test(own, what_is_there_is_replaced_only_when_asked)
{
    const char *text = make_rows("text,label\n", "film #,@\n", 40, "good", "bad");
    ADDED("films.csv", text);
    REFUSED("films.csv", text, "films.json is there already", "--replace");
    text = make_rows("text,label\n", "play #,@\n", 50, "good", "bad");
    cr_assert(add_file("films.csv", text, (OwnAsked){.replace = true}));
    expect_rows("films", 50);
}

Test(own, a_name_that_is_none_is_refused)
{
    const char *text = make_rows("text,label\n", "film #,@\n", 40, "good", "bad");
    static const char *const names[] = {"a/b", "..", "", "two words", "a.lock", "caf\xC3\xA9"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        dataset_fixture_expect_error(add_file("films.csv", text, (OwnAsked){.name = names[i]}),
                                     ERROR_USAGE, "is no name of a data set", NULL);
    REFUSED("train.csv", text, "no name of a data set follows from it", "--name");
    ADDED("My Films (final).csv", text);
    cr_expect_str_eq(added.name, "my-films-final");
}

Test(own, words_that_no_manifest_takes_are_told_by_their_options)
{
    const char *text = make_rows("text,label\n", "film #,@\n", 40, "good", "bad");
    const OwnAsked asked = {.title = "", .licence = "a\033b", .home = "https://x"};
    dataset_fixture_expect_error(add_file("films.csv", text, asked), ERROR_USAGE,
                                 "--title: the text is empty",
                                 "--licence: the text has a control character", NULL);
    expect_nothing("films");
    REFUSED("a\nb.csv", text, "the file's name is no UTF-8, or has a control character");
    REFUSED("a\xFF.csv", text, "the file's name is no UTF-8, or has a control character");
}

/* Whoever was killed, or changes the file meanwhile. */
Test(own, what_was_looked_at_is_what_is_added_and_nothing_else)
{
    static const char *const pipe[] = {"pipe", NULL}, *const notes[] = {"notes", NULL};
    DatasetFixture *f = &dataset_fixture;
    const char *text = make_rows("text,label\n", "film #,@\n", 40, "good", "bad");
    char path[128];
    snprintf(path, sizeof path, "%s/in", f->folder);
    cr_assert(file_make_folder(path, &f->err));
    snprintf(path, sizeof path, "%s/in/pipe", f->folder);
    cr_assert_eq(mkfifo(path, 0600), 0);
    const pid_t writer = fork();
    if (writer == 0) {
        FILE *out = fopen(path, "w"); /* which waits for a reader */
        _exit(!out || fputs(text, out) < 0 || fclose(out) != 0);
    }
    cr_assert(add_files(pipe, (OwnAsked){0}), "%s", f->err.text);
    cr_assert_eq(waitpid(writer, NULL, 0), writer);
    expect_rows("pipe", 40);
    dataset_fixture_write("downloads/own/.adding-notes/data/own/notes/old.txt", "Old.\n\nText.\n");
    dataset_fixture_write("in/notes/new.txt", "One.\n\nTwo.\n\nThree.\n");
    cr_assert(add_files(notes, (OwnAsked){0}), "%s", f->err.text);
    cr_expect_not(dataset_fixture_exists("downloads/own/notes/old.txt"));
    cr_expect_not(dataset_fixture_exists("downloads/own/.adding-notes.lock"));
}

Test(own, every_file_and_row_asks_whether_to_stop)
{
    static const char *const notes[] = {"notes", NULL};
    DatasetFixture *f = &dataset_fixture;
    const char *text = make_rows("text,label\n", "film #,@\n", 1000, "good", "bad");
    interrupt_at(1L << 40); /* never */
    cr_assert(add_file("films.csv", text, (OwnAsked){.look = true}));
    cr_expect_geq(interrupt_looks(), 2000, "once to read it, once to look at its columns");
    for (int i = 0; i < 20; i++) {
        char path[32];
        snprintf(path, sizeof path, "in/notes/%d.txt", i);
        dataset_fixture_write(path, "One.\n\nTwo.\n");
    }
    for (long at = 1; at <= 20; at += 19) {
        interrupt_at(at);
        cr_expect_not(add_files(notes, (OwnAsked){0}));
        cr_expect_eq(f->err.kind, ERROR_INTERRUPTED, "%s", f->err.text);
        interrupt_forget();
    }
    interrupt_at(0);
    expect_nothing("notes");
}

/* Each as its own process, as people would start them. */
Test(own, of_several_that_add_at_once_one_does_and_the_others_are_told)
{
    enum { PROCESSES = 4 };
    const char *text = make_rows("text,label\n", "film #,@\n", 400, "good", "bad");
    int n_done = 0;
    dataset_fixture_write("in/films.csv", text);
    for (int i = 0; i < PROCESSES; i++)
        if (fork() == 0) {
            static const char *const films[] = {"films.csv", NULL};
            const bool done = add_files(films, (OwnAsked){0});
            _exit(done ? 0 : strstr(dataset_fixture.err.text, "is there already") ? 1 : 2);
        }
    for (int i = 0; i < PROCESSES; i++) {
        int status;
        cr_assert_gt(wait(&status), 0);
        cr_assert(WIFEXITED(status));
        cr_expect_leq(WEXITSTATUS(status), 1);
        n_done += WEXITSTATUS(status) == 0;
    }
    cr_expect_eq(n_done, 1);
    expect_rows("films", 400);
}

Test(own, looking_writes_nothing)
{
    const char *text = make_rows("text,label\n", "film #,@\n", 40, "good", "bad");
    cr_assert(add_file("films.csv", text, (OwnAsked){.look = true}));
    cr_expect_null(added.manifest);
    expect_words("28 rows to train on");
    expect_nothing("films");
}

Test(own, whatever_cannot_be_read_or_written_nothing_is_half_written)
{
    DatasetFixture *f = &dataset_fixture;
    const char *text = make_rows("text,label\n", "film #,@\n", 40, "good", "bad");
    long n = 1;
    for (bool done = false; !done; n++) {
        dataset_fixture_write("in/films.csv", text);
        const char *path = arena_format(f->arena, &f->err, "%s/in/films.csv", f->folder);
        const OwnAsked asked = {0};
        error_clear(&f->err);
        file_fail_at(n);
        done = own_add(&added, &path, 1, &asked, &f->places, f->arena, &f->err);
        file_fail_at(0);
        if (!done) {
            cr_assert(f->err.text[0]);
            cr_expect_not(dataset_fixture_exists("manifests/films.json"), "failure %ld", n);
        }
    }
    cr_expect_gt(n, 8);
    expect_rows("films", 40);
}

/* --- plain text ----------------------------------------------------------------------------------- */

static Documents read_documents(const char *name)
{
    DatasetFixture *f = &dataset_fixture;
    Documents documents;
    cr_assert(dataset_documents(&documents, dataset_fixture_open(name), f->arena, &f->err), "%s",
              f->err.text);
    return documents;
}

Test(own, a_folder_of_text_is_a_corpus)
{
    static const char *const folder[] = {"My notes", NULL};
    dataset_fixture_write("in/My notes/a.txt", "One.\n\nTwo.\n\nThree.\n");
    dataset_fixture_write("in/My notes/deep/b.TXT", "Four.\n\nFive.\n");
    dataset_fixture_write("in/My notes/c.pdf", "no text");
    cr_assert(add_files(folder, (OwnAsked){0}), "%s", dataset_fixture.err.text);
    cr_expect_str_eq(added.name, "my-notes");
    cr_expect(added.corpus);
    Documents documents = read_documents("my-notes");
    cr_assert_eq(documents.n, 4, "two files, in two parts each");
    cr_expect_eq(dataset_info(dataset_fixture_open("my-notes"))->n_documents, 4);
    cr_expect_str_eq(documents.items[0].text, "One.\n");
    cr_expect_str_eq(documents.items[1].text, "Two.\nThree.\n");
    cr_expect_not(dataset_fixture_exists("downloads/own/my-notes/c.pdf"));
    dataset_fixture_write("downloads/own/my-notes/a.txt", "Changed.\n\nTwo.\n");
    DatasetFixture *f = &dataset_fixture;
    dataset_fixture_expect_error(
        dataset_documents(&documents, dataset_fixture_open("my-notes"), f->arena, &f->err),
        ERROR_USAGE, "tree hash", NULL);
}

Test(own, a_text_file_is_a_corpus_in_parts)
{
    Buffer text = buffer_create(dataset_fixture.arena);
    for (int i = 0; i < 100; i++)
        cr_assert(buffer_format(&text, &dataset_fixture.err, "Line %d.\n\n", i));
    ADDED("diary.txt", text.data);
    Documents documents = read_documents("diary");
    cr_assert_eq(documents.n, 20);
    size_t lines = 0;
    for (size_t d = 0; d < documents.n; d++)
        for (size_t i = 0; i < documents.items[d].size; i++)
            lines += documents.items[d].text[i] == '\n';
    cr_expect_eq(lines, 100);
    REFUSED("short.txt", "One paragraph.\n", "is one paragraph");
    expect_nothing("short");
}

Test(own, texts_of_the_same_name_are_told_apart_by_their_folders)
{
    static const char *const folder[] = {"years", NULL};
    dataset_fixture_write("in/years/2019/may.txt", "One.\n\nTwo.\n");
    dataset_fixture_write("in/years/2020/may.txt", "Three.\n\nFour.\n");
    cr_assert(add_files(folder, (OwnAsked){0}), "%s", dataset_fixture.err.text);
    Documents documents = read_documents("years");
    cr_assert_eq(documents.n, 4);
    cr_expect_str_eq(documents.items[0].name, "2019/may, part 001");
    cr_expect_str_eq(documents.items[2].text, "Three.\n");
}

Test(own, a_packed_text_is_taken_unpacked)
{
    static const char *const packed[] = {"packed.txt", NULL};
    static const unsigned char gzip[] = {/* "One.\n\nTwo.\n" by gzip */
                                         0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00,
                                         0x02, 0x03, 0xF3, 0xCF, 0x4B, 0xD5, 0xE3, 0xE2,
                                         0x0A, 0x29, 0xCF, 0xD7, 0xE3, 0x02, 0x00, 0xA0,
                                         0x3D, 0xD8, 0x8D, 0x0B, 0x00, 0x00, 0x00};
    dataset_fixture_write_bytes("in/packed.txt", gzip, sizeof gzip);
    cr_assert(add_files(packed, (OwnAsked){0}), "%s", dataset_fixture.err.text);
    cr_expect_str_eq(read_documents("packed").items[1].text, "Two.\n");
}

Test(own, a_file_without_text_is_told_with_what_to_do)
{
    static const char *const folder[] = {"notes", NULL};
    dataset_fixture_write("in/notes/a.txt", "One.\n\nTwo.\n");
    dataset_fixture_write("in/notes/b.txt", "\n");
    dataset_fixture_expect_error(add_files(folder, (OwnAsked){0}), ERROR_USAGE,
                                 "b.txt: there is no text in it", "try: remove the file", NULL);
}

Test(own, a_folder_without_text_is_refused)
{
    static const char *const folder[] = {"rows", NULL};
    dataset_fixture_write("in/rows/train.csv", "a,b\n");
    dataset_fixture_expect_error(add_files(folder, (OwnAsked){0}), ERROR_USAGE,
                                 "no file in it ends in .txt", "train.csv", NULL);
    expect_nothing("rows");
}

Test(own, a_file_that_is_not_there_is_an_error)
{
    static const char *const nothing[] = {"nothing.csv", NULL}, *const text[] = {"nothing.txt",
                                                                                 NULL};
    dataset_fixture_expect_error(add_files(nothing, (OwnAsked){0}), ERROR_USAGE,
                                 "nothing.csv: no such file", NULL);
    cr_expect_not(add_files(text, (OwnAsked){0}));
    expect_nothing("nothing");
}
