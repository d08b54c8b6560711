#include "train/series.h"

#include <criterion/criterion.h>
#include <string.h>

#include "../scratch_folder.h"

static Arena *arena;

static void make(void)
{
    Error err = {0};
    scratch_folder_make();
    arena = arena_create("test", &err);
}

static void destroy(void)
{
    arena_destroy(arena);
    scratch_folder_remove();
}

TestSuite(series, .init = make, .fini = destroy);

Test(series, a_torn_row_is_an_error_that_names_the_line)
{
    Error err = {0};
    Series series;
    scratch_folder_write("x/torn.csv", "a,b\n1,2\n3\n", 10);
    const char *folder = scratch_folder_path("x");
    cr_assert_not(series_read(&series, folder, "torn.csv", "a,b", arena, &err));
    cr_assert(strstr(err.text, "torn.csv:3: 1 comma-separated fields, expected 2"), "%s", err.text);
}

Test(series, a_word_among_the_numbers_is_an_error_that_names_it)
{
    Error err = {0};
    Series series;
    scratch_folder_write("x/word.csv", "a,b\n1,2\n3,4x\n", 13);
    const char *folder = scratch_folder_path("x");
    cr_assert_not(series_read(&series, folder, "word.csv", "a", arena, &err));
    cr_assert(strstr(err.text, "word.csv:3: '4x' is no finite number"), "%s", err.text);
    err = (Error){0};
    scratch_folder_write("x/word.csv", "a,b\n1,nan\n", 10);
    cr_assert_not(series_read(&series, folder, "word.csv", "a,b", arena, &err));
    cr_assert(strstr(err.text, "word.csv:2: 'nan' is no finite number"), "%s", err.text);
    err = (Error){0};
    scratch_folder_write("x/none.csv", "", 0);
    cr_assert_not(series_read(&series, folder, "none.csv", "a,b", arena, &err));
    cr_assert(strstr(err.text, "none.csv: is empty"), "%s", err.text);
}

Test(series, names_of_columns_are_fields_of_csv)
{
    Error err = {0};
    Series series;
    static const char text[] = "a,\"b, \"\"c\"\"\",d\r\n1,2,3\r\n";
    scratch_folder_write("x/named.csv", text, sizeof text - 1);
    const char *folder = scratch_folder_path("x");
    cr_assert(series_read(&series, folder, "named.csv", "a", arena, &err), "%s", err.text);
    cr_assert_eq(series.n_columns, 3);
    cr_assert_eq(series.n_rows, 1);
    cr_expect_str_eq(series.column[1], "b, \"c\"");
    cr_expect_str_eq(series.column[2], "d");
    cr_expect_eq(series_value(&series, 0, 1), 2);
    cr_expect_eq(series_value(&series, 0, 2), 3);
}

Test(series, an_open_quotation_in_the_names_is_an_error)
{
    Error err = {0};
    Series series;
    scratch_folder_write("x/open.csv", "\"a,b\n1,2\n", 9);
    const char *folder = scratch_folder_path("x");
    cr_assert_not(series_read(&series, folder, "open.csv", "a", arena, &err));
    cr_expect(strstr(err.text, "open.csv:1: "), "%s", err.text);
}
