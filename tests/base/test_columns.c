/* Rows of words, for people and for programs. */
#include <criterion/criterion.h>

#include "base/columns.h"

static Error err;
static Arena *arena;

static void begin(void)
{
    err = (Error){0};
    arena = arena_create("columns", &err);
}

static void end(void)
{
    arena_destroy(arena);
}

TestSuite(columns, .init = begin, .fini = end);

static const char *written(const char *const *fields, size_t n, size_t n_columns, size_t width)
{
    Buffer text = buffer_create(arena);
    Columns columns = columns_create(n_columns, arena);
    for (size_t i = 0; i < n; i++) cr_assert(columns_add(&columns, fields[i], &err));
    cr_assert(columns_write(&text, &columns, width, &err), "%s", err.text);
    return text.data;
}

static const char *const fields[] = {
    "name", "n",  "text",                    /* head */
    "añ",   "9",  "one two three four five", /* letters count, not bytes */
    "long", "10", "\tb\\c",
};
enum { N = sizeof fields / sizeof *fields };

Test(columns, are_aligned_with_numbers_to_the_right)
{
    cr_expect_str_eq(written(fields, 6, 3, 80), "  name  n  text\n"
                                                "  añ    9  one two three four five\n");
}

Test(columns, the_last_is_cut_to_the_width)
{
    cr_expect_str_eq(written(fields, 6, 3, 26), "  name  n  text\n"
                                                "  añ    9  one two three…\n");
    cr_expect_str_eq(written(fields, 6, 3, 34), "  name  n  text\n"
                                                "  añ    9  one two three four five\n");
}

Test(columns, programs_get_tabs_and_no_field_that_breaks_them)
{
    cr_expect_str_eq(written(fields, N, 3, 0), "name\tn\ttext\n"
                                               "añ\t9\tone two three four five\n"
                                               "long\t10\t\\tb\\\\c\n");
}

Test(columns, an_empty_head_is_not_shown)
{
    static const char *const bare[] = {"", "", "91.2 %", "happy", "8.8 %", "sad"};
    cr_expect_str_eq(written(bare, 6, 2, 80), "  91.2 %  happy\n   8.8 %  sad\n");
    cr_expect_str_eq(written(bare, 6, 2, 0), "91.2 %\thappy\n8.8 %\tsad\n");
}

Test(columns, more_rows_than_fit_at_first_are_all_there)
{
    Buffer text = buffer_create(arena);
    Columns columns = columns_create(1, arena);
    for (int i = 0; i < 300; i++) cr_assert(columns_format(&columns, &err, "%d", i));
    cr_assert(columns_write(&text, &columns, 0, &err));
    int n = 0;
    for (size_t i = 0; i < text.size; i++) n += text.data[i] == '\n';
    cr_expect_eq(n, 300);
}

Test(columns, are_left_out_until_the_others_find_room)
{
    static const char *const first[] = {"b", "nowhere", "c"};
    static const char *const rows[] = {"a", "b", "c", "d", "a1", "b1", "2 k", "d1 d2"};
    static const struct {
        size_t width;
        const char *expected;
    } cases[] = {{80, "  a   b     c  d\n  a1  b1  2 k  d1 d2\n"},
                 {19, "  a     c  d\n  a1  2 k  d1 d2\n"},
                 {15, "  a   d\n  a1  d1 d2\n"},
                 {1, "  a   d\n  a1  d1 d2\n"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Buffer text = buffer_create(arena);
        Columns columns = columns_create(4, arena);
        for (size_t f = 0; f < sizeof rows / sizeof *rows; f++)
            cr_assert(columns_add(&columns, rows[f], &err));
        columns_right(&columns, 2);
        columns_narrow(&columns, first, sizeof first / sizeof *first, cases[i].width);
        cr_assert(columns_write(&text, &columns, 80, &err), "%s", err.text);
        cr_expect_str_eq(text.data, cases[i].expected);
    }
}
