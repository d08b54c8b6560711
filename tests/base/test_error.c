#include "base/error.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <string.h>

Test(error, begins_empty_and_means_success)
{
    Error err = {0};
    cr_assert_eq(error_exit_status(&err), 0);
    cr_assert_str_eq(err.text, "");
}

Test(error, a_chain_reads_from_what_is_wrong_to_what_to_do)
{
    Error err = {0};
    cr_assert_not(error_set(&err, "x.json: $.n: %d is too much", 7));
    cr_assert_not(error_hint(&err, "one of %s", "1, 2"));
    cr_assert_not(error_wrap(&err, "checking '%s'", "gpt"));
    cr_assert_not(error_wrap(&err, "preparing '%s'", "pretrain"));
    cr_assert_str_eq(err.text, "x.json: $.n: 7 is too much\n"
                               "  while checking 'gpt'\n"
                               "  while preparing 'pretrain'\n"
                               "  try: one of 1, 2");
    cr_assert_eq(err.length, strlen(err.text));
    cr_assert_eq(err.n_errors, 1);
}

Test(error, several_errors_are_paragraphs_and_each_keeps_its_hint)
{
    Error err = {0};
    error_usage(&err, "first");
    error_hint(&err, "this");
    error_usage(&err, "second");
    error_wrap(&err, "reading");
    cr_assert_str_eq(err.text, "first\n  try: this\nsecond\n  while reading");
    cr_assert_eq(err.n_errors, 2);
}

Test(error, a_wrap_or_hint_without_an_error_adds_nothing)
{
    Error err = {0};
    error_wrap(&err, "dreaming");
    error_hint(&err, "nothing");
    cr_assert_eq(err.length, 0);
    cr_assert_eq(err.kind, ERROR_NONE);
}

Test(error, a_system_error_gives_the_reason_in_words)
{
    Error err = {0};
    error_system(&err, ENOENT, "%s: cannot be opened", "a.txt");
    cr_assert_str_eq(err.text, "a.txt: cannot be opened: No such file or directory");
}

Test(error, kinds_have_the_documented_exit_statuses)
{
    Error failed = {0}, usage = {0}, interrupted = {0};
    error_set(&failed, "x");
    error_usage(&usage, "x");
    error_interrupted(&interrupted, "x");
    cr_assert_eq(error_exit_status(&failed), 1);
    cr_assert_eq(error_exit_status(&usage), 2);
    cr_assert_eq(error_exit_status(&interrupted), 1);
}

Test(error, an_interruption_outweighs_what_came_before)
{
    Error err = {0};
    error_set(&err, "x");
    error_interrupted(&err, "stopped");
    cr_assert_eq(err.kind, ERROR_INTERRUPTED);
}

Test(error, a_text_too_long_is_cut_and_says_so)
{
    Error err = {0};
    for (int i = 0; i < 4000; i++) error_set(&err, "error number %d", i);
    cr_assert_eq(err.n_errors, 4000);
    cr_assert_lt(err.length, sizeof err.text);
    cr_assert_eq(err.length, strlen(err.text));
    cr_assert(strstr(err.text, "(further messages did not fit here)"));
    size_t length = err.length;
    error_wrap(&err, "more");
    cr_assert_eq(err.length, length, "nothing may follow the note");
}

Test(error, a_cut_never_splits_a_character)
{
    static char text[3 * 20000 + 1];
    for (int i = 0; i < 20000; i++) memcpy(text + 3 * i, "\xE2\x82\xAC", 3);
    for (int shift = 0; shift < 3; shift++) {
        Error err = {0};
        error_set(&err, "%.*s%s", shift, "ab", text);
        const char *note = strchr(err.text, '\n');
        cr_assert(note);
        cr_assert_eq((note - err.text - shift) % 3, 0);
    }
}

Test(error, clear_makes_it_new)
{
    Error err = {0};
    error_usage(&err, "x");
    error_clear(&err);
    error_set(&err, "y");
    cr_assert_str_eq(err.text, "y");
    cr_assert_eq(err.kind, ERROR_FAILED);
}

Test(error, the_paragraphs_of_another_are_added_as_they_are)
{
    Error err = {0}, one = {0}, two = {0};
    error_usage(&one, "a");
    error_hint(&one, "b");
    error_set(&two, "c");
    error_set(&two, "d");
    cr_assert_not(error_add(&err, &one));
    cr_assert_str_eq(err.text, one.text);
    cr_assert_eq(err.kind, ERROR_USAGE);
    error_add(&err, &two);
    cr_assert_str_eq(err.text, "a\n  try: b\nc\nd");
    cr_assert_eq(err.n_errors, 3);
    cr_assert_eq(err.kind, ERROR_USAGE, "the first says what kind it is");
    error_add(&err, &(Error){0});
    cr_assert_str_eq(err.text, "a\n  try: b\nc\nd");
    Error stopped = {0};
    error_interrupted(&stopped, "stopped");
    error_add(&err, &stopped);
    cr_assert_eq(err.kind, ERROR_INTERRUPTED);
}
