#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "data/rows/rows.h"

static Arena *arena;
static Error err;
static const char *names[] = {"a", "b"};
static const TextList columns = {2, names};

static void set_up(void)
{
    err = (Error){0};
    arena = arena_create("test", &err);
    cr_assert(arena);
}
static void tear_down(void)
{
    arena_destroy(arena);
}
TestSuite(rows, .init = set_up, .fini = tear_down);

/* All rows as "1|2;3|4;" or, on failure, NULL. */
static const char *read_all(RowsFormat format, bool header, const char *text, size_t size)
{
    Rows rows;
    Buffer all = buffer_create(arena);
    /* a copy that ends where the text ends, so that a sanitizer sees any byte read too far */
    char *bytes = malloc(size ? size : 1);
    const char *fields[2];
    RowsLayout layout = {.format = format, .header = header, .columns = columns};
    bool more = true,
         good = rows_begin(&rows, &layout, "t", memcpy(bytes, text, size), size, arena, &err);
    while (good && (good = rows_next(&more, fields, &rows, &err)) && more)
        good = buffer_format(&all, &err, "%s|%s;", fields[0], fields[1]);
    free(bytes);
    return !good ? NULL : all.data ? all.data : "";
}

static void expect_rows(RowsFormat format, bool header, const char *text, const char *expected)
{
    const char *all = read_all(format, header, text, strlen(text));
    cr_assert(all, "%s", err.text);
    cr_expect_str_eq(all, expected);
}

static void expect_error(RowsFormat format, bool header, const char *text, const char *message)
{
    cr_assert_null(read_all(format, header, text, strlen(text)));
    cr_expect_eq(err.kind, ERROR_USAGE);
    cr_expect_not_null(strstr(err.text, message), "%s", err.text);
}

Test(rows, tab_separated_fields_may_be_empty_and_hold_quotation_marks)
{
    expect_rows(ROWS_TSV, false, "1\t\"2\n\t\n", "1|\"2;|;");
}

Test(rows, carriage_returns_byte_order_mark_and_a_missing_last_line_end_do_not_matter)
{
    expect_rows(ROWS_TSV, false,
                "\xEF\xBB\xBF"
                "1\t2\r\n3\t4",
                "1|2;3|4;");
}

Test(rows, empty_lines_are_passed_over_but_counted)
{
    expect_error(ROWS_TSV, false, "1\t2\n\n\n3\n", "t:4: 1 tab-separated fields, expected 2");
}

Test(rows, a_csv_may_have_another_delimiter)
{
    static const char text[] = "1,0;\"2;\"\n3;4\n5\n";
    Rows rows;
    const char *fields[2];
    const RowsLayout layout = {.format = ROWS_CSV, .delimiter = ';', .columns = columns};
    bool more;
    cr_assert(rows_begin(&rows, &layout, "t", text, strlen(text), arena, &err));
    cr_assert(rows_next(&more, fields, &rows, &err) && more, "%s", err.text);
    cr_expect_str_eq(fields[0], "1,0");
    cr_expect_str_eq(fields[1], "2;");
    cr_assert(rows_next(&more, fields, &rows, &err) && more);
    cr_assert_not(rows_next(&more, fields, &rows, &err));
    cr_expect(strstr(err.text, "t:3: 1 semicolon-separated fields, expected 2"), "%s", err.text);
    cr_expect(strstr(err.text, "a text that holds a semicolon into double quotes"), "%s", err.text);
}

Test(rows, a_header_is_checked_and_not_a_row)
{
    expect_rows(ROWS_TSV, true, "a\tb\n1\t2\n", "1|2;");
}

Test(rows, a_header_with_another_name_is_an_error)
{
    expect_error(ROWS_TSV, true, "a\tc\n1\t2\n", "t:1: column 2 is called 'c', expected 'b'");
}

Test(rows, a_file_without_the_header_is_an_error)
{
    expect_error(ROWS_TSV, true, "", "t: empty");
}

Test(rows, too_many_fields_are_an_error)
{
    expect_error(ROWS_TSV, false, "1\t2\t3\n", "t:1: 3 tab-separated fields, expected 2");
}

Test(rows, columns_after_the_named_ones_are_passed_over_where_that_is_said)
{
    Rows rows;
    const char *fields[2], text[] = "1\t2\t3\t4\n5\t6\n7\n";
    bool more;
    RowsLayout layout = {.format = ROWS_TSV, .more_columns = true, .columns = columns};
    cr_assert(rows_begin(&rows, &layout, "t", text, strlen(text), arena, &err));
    cr_assert(rows_next(&more, fields, &rows, &err) && rows_next(&more, fields, &rows, &err));
    cr_expect_str_eq(fields[1], "6");
    cr_expect_not(rows_next(&more, fields, &rows, &err), "too few are still an error");
}

Test(rows, a_zero_byte_is_an_error)
{
    cr_assert_null(read_all(ROWS_TSV, false, "1\t\0002\n", 5));
    cr_expect_not_null(strstr(err.text, "t:1: byte 2 of the file is zero"), "%s", err.text);
}

Test(rows, quoted_fields_hold_commas_line_ends_and_doubled_marks)
{
    expect_rows(ROWS_CSV, false, "\"1,\"\"x\"\"\",2\r\n\"3\n3\",\n4,\"\"", "1,\"x\"|2;3\n3|;4|;");
}

Test(rows, lines_inside_quotation_marks_are_counted)
{
    expect_error(ROWS_CSV, false, "\"1\n1\",2\n3\n", "t:3: 1 comma-separated fields, expected 2");
}

Test(rows, an_open_quotation_is_an_error_at_the_row_where_it_begins)
{
    expect_error(ROWS_CSV, false, "1,2\n\"3,4\n5,6\n", "t:2: a quotation mark is opened");
}

Test(rows, text_after_a_quotation_is_an_error)
{
    expect_error(ROWS_CSV, false, "\"1\"x,2\n", "t:1: text follows a closing quotation mark");
}

Test(rows, json_lines_give_texts_and_integers_in_column_order)
{
    expect_rows(ROWS_JSON_LINES, false, "{\"b\": 2, \"c\": [], \"a\": \"x\\ty\"}\n", "x\ty|2;");
}

Test(rows, a_missing_json_key_is_an_error)
{
    expect_error(ROWS_JSON_LINES, false, "{\"a\": 1, \"b\": 2}\n{\"a\": 1}\n",
                 "t:2: 'b' is missing");
}

Test(rows, a_json_value_of_another_type_is_an_error)
{
    expect_error(ROWS_JSON_LINES, false, "{\"a\": 1, \"b\": []}\n", "t:1: 'b' is ");
}

Test(rows, a_json_line_cut_off_is_an_error_with_its_line)
{
    const char *text = "{\"a\": 1, \"b\": 2}\n{\"a\": 1, ";
    cr_assert_null(read_all(ROWS_JSON_LINES, false, text, strlen(text)));
    cr_expect_not_null(strstr(err.text, "t:2"), "%s", err.text);
}

/* --- other shapes of lines ---------------------------------------------------------------------- */

/* The same for any layout, "part:1|2|3;" for three columns. */
static const char *read_layout(RowsLayout layout, const char *text)
{
    static const char *three[] = {"a", "b", "c"};
    Rows rows;
    Buffer all = buffer_create(arena);
    const char *fields[3];
    layout.columns = (TextList){3, three};
    bool more = true, good = rows_begin(&rows, &layout, "t", text, strlen(text), arena, &err);
    while (good && (good = rows_next(&more, fields, &rows, &err)) && more)
        good =
            buffer_format(&all, &err, "%d:%s|%s|%s;", rows.part, fields[0], fields[1], fields[2]);
    return !good ? NULL : all.data ? all.data : "";
}

Test(rows, columns_may_end_in_other_separators_and_the_last_takes_the_rest_of_the_line)
{
    static const char *ends[] = {":", " "};
    const char *all = read_layout((RowsLayout){.format = ROWS_TSV, .separators = {2, ends}},
                                  "DESC:manner How : did\tit?\nNUM:date When?\n");
    cr_assert(all, "%s", err.text);
    cr_expect_str_eq(all, "1:DESC|manner|How : did\tit?;1:NUM|date|When?;");
}

Test(rows, a_line_without_a_separator_is_an_error)
{
    static const char *ends[] = {":", " "};
    cr_assert_null(
        read_layout((RowsLayout){.format = ROWS_TSV, .separators = {2, ends}}, "DESC manner\n"));
    cr_expect_not_null(strstr(err.text, "t:1: "), "%s", err.text);
}

Test(rows, repeated_columns_give_a_row_each_time)
{
    const char *all = read_layout((RowsLayout){.format = ROWS_TSV, .repeated = 2},
                                  "s\tq1\ta1\tq2\ta2\nt\tq3\ta3\n");
    cr_assert(all, "%s", err.text);
    cr_expect_str_eq(all, "1:s|q1|a1;2:s|q2|a2;1:t|q3|a3;");
}

Test(rows, repeated_columns_that_do_not_come_out_are_an_error)
{
    cr_assert_null(read_layout((RowsLayout){.format = ROWS_TSV, .repeated = 2}, "s\tq1\ta1\tq2\n"));
    cr_expect_not_null(strstr(err.text, "t:1: 4 fields, expected 3 and then 2 for each further"),
                       "%s", err.text);
}

Test(rows, a_block_is_a_row_of_lines)
{
    const char *all =
        read_layout((RowsLayout){.format = ROWS_BLOCKS}, "1\r\n2\t\r\n3\r\n\r\n\r\n4\r\n5\r\n6");
    cr_assert(all, "%s", err.text);
    cr_expect_str_eq(all, "1:1|2\t|3;1:4|5|6;");
}

Test(rows, a_block_of_another_height_is_an_error_at_its_first_line)
{
    cr_assert_null(read_layout((RowsLayout){.format = ROWS_BLOCKS}, "1\n2\n3\n\n4\n5\n\n"));
    cr_expect_not_null(strstr(err.text, "t:5: a block of 2 lines, expected 3"), "%s", err.text);
}
