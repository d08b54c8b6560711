/* Data of one's own: what is refused and why, by one process at a time, and that nothing is half written. */
#include <criterion/criterion.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/interrupt.h"
#include "own_rig.h"

TestSuite(own_refused, .init = dataset_fixture_set_up, .fini = dataset_fixture_tear_down);

Test(own_refused, one_label_alone_is_refused)
{
    REFUSED("films.csv", own_rig_make_rows("text,label\n", "film #,@\n", 40, "good", "good"),
            "every row has the label 'good' in column 'label'", "two labels");
    own_rig_expect_nothing("films");
}

Test(own_refused, labels_that_nobody_would_tell_apart_are_told)
{
    static const char *const odd[] = {"pos ", "Pos", "po\xE2\x80\x8Bs", "pos\xC2\xA0"};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        cr_assert(own_rig_add_file(
            "films.csv", own_rig_make_rows("text,label\n", "film #,@\n", 40, "pos", odd[i]),
            (OwnAsked){.replace = true}));
        own_rig_expect_words("are two labels: they differ by spaces, case, or how");
    }
    ADDED("cafes.csv",
          own_rig_make_rows("text,label\n", "film #,@\n", 40, "caf\xC3\xA9", "cafe\xCC\x81"));
    own_rig_expect_words("are two labels");
    ADDED("numbers.csv", own_rig_make_rows("text,label\n", "film #,@\n", 40, "1", "1.0"));
    own_rig_expect_words("'1' and '1.0' are two labels");
    ADDED("plays.csv", own_rig_make_rows("text,label\n", "film #,@\n", 40, "good", "bad"));
    cr_expect_null(strstr(own_rig_added.words.data, "are two labels"));
}

Test(own_refused, one_text_in_all_rows_is_refused)
{
    REFUSED("films.csv", own_rig_make_rows("text,label\n", "a film,@\n", 40, "good", "bad"),
            "no row is left to train on: all have the same text");
    own_rig_expect_nothing("films");
}

Test(own_refused, what_json_lines_have_only_now_and_then_is_told_where_a_column_is_looked_for)
{
    REFUSED("films.jsonl",
            own_rig_make_rows("", "{\"text\": \"film #\", \"label\": @}\n", 40, "null", "\"bad\""),
            "no column looks like a label", "while leaving out 'label': not in every line");
}

Test(own_refused, lines_that_end_in_CR_alone_are_told)
{
    REFUSED("mac.csv", own_rig_make_rows("text,label\r", "film #,@\r", 40, "good", "bad"),
            "mac.csv: has no rows", "try: lines end in LF or CR LF");
}

Test(own_refused, numbers_that_no_manifest_takes_are_told_with_their_column)
{
    REFUSED("pairs.csv",
            own_rig_make_rows("a,b,score\n", "one #,two #,9999999#.@\n", 40, "5", "25"),
            "pairs.csv: column 'score' has numbers from", "try: give them in another unit");
    own_rig_expect_nothing("pairs");
}

Test(own_refused, too_few_rows_are_refused)
{
    REFUSED("films.csv", own_rig_make_rows("text,label\n", "film #,@\n", 29, "good", "bad"),
            "29 training rows are too few", "30 rows at least");
    REFUSED("none.csv", "text,label\n", "none.csv: has no rows");
}

Test(own_refused, an_empty_label_or_text_is_told_with_its_line)
{
    const char *rows = own_rig_make_rows("text,label\n", "film #,@\n", 40, "good", "bad");
    char *text =
        arena_format(dataset_fixture.arena, &dataset_fixture.err, "%sfilm,\n ,good\n", rows);
    REFUSED("films.csv", text, "in/films.csv:42: column 'label' is empty",
            "in/films.csv:43: column 'text' is empty");
}

Test(own_refused, a_row_that_does_not_fit_is_told_with_its_line)
{
    const char *rows = own_rig_make_rows("text,label\n", "film #,@\n", 40, "good", "bad");
    char *text =
        arena_format(dataset_fixture.arena, &dataset_fixture.err, "%sfilm, so,good\n", rows);
    REFUSED("films.csv", text, "films.csv:42: 3 comma-separated fields, expected 2",
            "into double quotes");
    REFUSED("word.csv", "one\ntwo\n", "neither tabs, semicolons, bars nor commas");
    REFUSED("empty.csv", " \n", "is empty");
}

Test(own_refused, columns_in_another_order_are_told_with_what_to_do)
{
    static const char *const two[] = {"a-train.csv", "a-test.csv", NULL};
    dataset_fixture_write("in/a-train.csv",
                          own_rig_make_rows("text,label\n", "film #,@\n", 40, "1", "2"));
    dataset_fixture_write("in/a-test.csv",
                          own_rig_make_rows("label,text\n", "@,play #\n", 40, "1", "2"));
    dataset_fixture_expect_error(own_rig_add_files(two, (OwnAsked){0}), ERROR_USAGE,
                                 "a-test.csv:1: column 1 is called 'label', expected 'text'",
                                 "try: the same columns in the same order", NULL);
}

Test(own_refused, what_is_there_is_replaced_only_when_asked)
{
    const char *text = own_rig_make_rows("text,label\n", "film #,@\n", 40, "good", "bad");
    ADDED("films.csv", text);
    REFUSED("films.csv", text, "films.json is there already", "--replace");
    text = own_rig_make_rows("text,label\n", "play #,@\n", 50, "good", "bad");
    cr_assert(own_rig_add_file("films.csv", text, (OwnAsked){.replace = true}));
    own_rig_expect_rows("films", 50);
}

Test(own_refused, a_name_that_is_none_is_refused)
{
    const char *text = own_rig_make_rows("text,label\n", "film #,@\n", 40, "good", "bad");
    static const char *const names[] = {"a/b", "..", "", "two words", "a.lock", "caf\xC3\xA9"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        dataset_fixture_expect_error(
            own_rig_add_file("films.csv", text, (OwnAsked){.name = names[i]}), ERROR_USAGE,
            "is no name of a data set", NULL);
    REFUSED("train.csv", text, "no name of a data set follows from it", "--name");
    ADDED("My Films (final).csv", text);
    cr_expect_str_eq(own_rig_added.name, "my-films-final");
}

Test(own_refused, words_that_no_manifest_takes_are_told_by_their_options)
{
    const char *text = own_rig_make_rows("text,label\n", "film #,@\n", 40, "good", "bad");
    const OwnAsked asked = {.title = "", .licence = "a\033b", .home = "https://x"};
    dataset_fixture_expect_error(own_rig_add_file("films.csv", text, asked), ERROR_USAGE,
                                 "--title: the text is empty",
                                 "--licence: the text has a control character", NULL);
    own_rig_expect_nothing("films");
    REFUSED("a\nb.csv", text, "the file's name is no UTF-8, or has a control character");
    REFUSED("a\xFF.csv", text, "the file's name is no UTF-8, or has a control character");
}

Test(own_refused, what_was_looked_at_is_what_is_added_and_nothing_else)
{
    static const char *const pipe[] = {"pipe", NULL}, *const notes[] = {"notes", NULL};
    DatasetFixture *f = &dataset_fixture;
    const char *text = own_rig_make_rows("text,label\n", "film #,@\n", 40, "good", "bad");
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
    cr_assert(own_rig_add_files(pipe, (OwnAsked){0}), "%s", f->err.text);
    cr_assert_eq(waitpid(writer, NULL, 0), writer);
    own_rig_expect_rows("pipe", 40);
    dataset_fixture_write("downloads/own/.adding-notes/data/own/notes/old.txt", "Old.\n\nText.\n");
    dataset_fixture_write("in/notes/new.txt", "One.\n\nTwo.\n\nThree.\n");
    cr_assert(own_rig_add_files(notes, (OwnAsked){0}), "%s", f->err.text);
    cr_expect_not(dataset_fixture_exists("downloads/own/notes/old.txt"));
    cr_expect_not(dataset_fixture_exists("downloads/own/.adding-notes.lock"));
}

Test(own_refused, every_file_and_row_asks_whether_to_stop)
{
    static const char *const notes[] = {"notes", NULL};
    DatasetFixture *f = &dataset_fixture;
    const char *text = own_rig_make_rows("text,label\n", "film #,@\n", 1000, "good", "bad");
    interrupt_at(1L << 40); /* never */
    cr_assert(own_rig_add_file("films.csv", text, (OwnAsked){.look = true}));
    cr_expect_geq(interrupt_looks(), 2000, "once to read it, once to look at its columns");
    for (int i = 0; i < 20; i++) {
        char path[32];
        snprintf(path, sizeof path, "in/notes/%d.txt", i);
        dataset_fixture_write(path, "One.\n\nTwo.\n");
    }
    for (long at = 1; at <= 20; at += 19) {
        interrupt_at(at);
        cr_expect_not(own_rig_add_files(notes, (OwnAsked){0}));
        cr_expect_eq(f->err.kind, ERROR_INTERRUPTED, "%s", f->err.text);
        interrupt_forget();
    }
    interrupt_at(0);
    own_rig_expect_nothing("notes");
}

Test(own_refused, of_several_that_add_at_once_one_does_and_the_others_are_told)
{
    enum { PROCESSES = 4 };
    const char *text = own_rig_make_rows("text,label\n", "film #,@\n", 400, "good", "bad");
    int n_done = 0;
    dataset_fixture_write("in/films.csv", text);
    for (int i = 0; i < PROCESSES; i++)
        if (fork() == 0) {
            static const char *const films[] = {"films.csv", NULL};
            const bool done = own_rig_add_files(films, (OwnAsked){0});
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
    own_rig_expect_rows("films", 400);
}

Test(own_refused, looking_writes_nothing)
{
    const char *text = own_rig_make_rows("text,label\n", "film #,@\n", 40, "good", "bad");
    cr_assert(own_rig_add_file("films.csv", text, (OwnAsked){.look = true}));
    cr_expect_null(own_rig_added.manifest);
    own_rig_expect_words("28 rows to train on");
    own_rig_expect_nothing("films");
}

Test(own_refused, whatever_cannot_be_read_or_written_nothing_is_half_written)
{
    DatasetFixture *f = &dataset_fixture;
    const char *text = own_rig_make_rows("text,label\n", "film #,@\n", 40, "good", "bad");
    long n = 1;
    for (bool done = false; !done; n++) {
        dataset_fixture_write("in/films.csv", text);
        const char *path = arena_format(f->arena, &f->err, "%s/in/films.csv", f->folder);
        const OwnAsked asked = {0};
        error_clear(&f->err);
        file_fail_at(n);
        done = own_add(&own_rig_added, &path, 1, &asked, &f->places, f->arena, &f->err);
        file_fail_at(0);
        if (!done) {
            cr_assert(f->err.text[0]);
            cr_expect_not(dataset_fixture_exists("manifests/films.json"), "failure %ld", n);
        }
    }
    cr_expect_gt(n, 8);
    own_rig_expect_rows("films", 40);
}

Test(own_refused, a_file_that_is_not_there_is_an_error)
{
    static const char *const nothing[] = {"nothing.csv", NULL}, *const text[] = {"nothing.txt",
                                                                                 NULL};
    dataset_fixture_expect_error(own_rig_add_files(nothing, (OwnAsked){0}), ERROR_USAGE,
                                 "nothing.csv: no such file", NULL);
    cr_expect_not(own_rig_add_files(text, (OwnAsked){0}));
    own_rig_expect_nothing("nothing");
}
