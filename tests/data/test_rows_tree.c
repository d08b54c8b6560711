/* Rows out of JSON and XML documents. */
#include <criterion/criterion.h>
#include <string.h>

#include "data/rows/rows.h"

static Arena *arena;
static Error err;

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
TestSuite(rows_tree, .init = set_up, .fini = tear_down);

static const char *names[] = {"a", "b", "c"};

/* All rows of three columns as "part:1|2|3;part:4|5|6;" or, on failure, NULL. */
static const char *read_all(RowsFormat format, const char *const paths[3], const char *text)
{
    Rows rows;
    RowsLayout layout = {
        .format = format, .columns = {3, names}, .paths = {3, (const char **)(size_t)paths}};
    Buffer all = buffer_create(arena);
    const char *fields[3];
    bool more = true, good = rows_begin(&rows, &layout, "t", text, strlen(text), arena, &err);
    while (good && (good = rows_next(&more, fields, &rows, &err)) && more)
        good =
            buffer_format(&all, &err, "%d:%s|%s|%s;", rows.part, fields[0], fields[1], fields[2]);
    return !good ? NULL : all.data ? all.data : "";
}

static void expect_rows(RowsFormat format, const char *const paths[3], const char *text,
                        const char *expected)
{
    const char *all = read_all(format, paths, text);
    cr_assert(all, "%s", err.text);
    cr_expect_str_eq(all, expected);
}

static void expect_error(const char *const paths[3], const char *text, const char *message)
{
    cr_assert_null(read_all(ROWS_JSON, paths, text));
    cr_expect_eq(err.kind, ERROR_USAGE);
    cr_expect_not_null(strstr(err.text, message), "%s", err.text);
}

static const char *const parallel[] = {"id", "q.*", "o.*.1"};

Test(rows_tree, lists_side_by_side_give_a_row_an_item)
{
    expect_rows(ROWS_JSON, parallel,
                "{\"q\": [\"x\", \"y\"], \"id\": 7, \"o\": [[\"k\", \"l\"], [\"m\", \"n\"]]}",
                "1:7|x|l;2:7|y|n;");
}

Test(rows_tree, a_list_in_a_list_gives_a_row_for_each_of_its_items)
{
    static const char *const nested[] = {"*.0", "*.1.*.k", "*.1.*.v"};
    expect_rows(ROWS_JSON, nested,
                "[[\"A\", [{\"k\": \"x\", \"v\": 1}, {\"k\": \"y\", \"v\": 2}]], [\"B\", []], "
                "[\"C\", [{\"k\": \"z\", \"v\": 3}]]]",
                "1:A|x|1;2:A|y|2;1:C|z|3;");
}

Test(rows_tree, a_list_of_texts_is_a_text_of_lines)
{
    static const char *const paths[] = {"t", "t.0", "t.1"};
    expect_rows(ROWS_JSON, paths, "{\"t\": [\"x\", \"y\"]}", "1:x\ny|x|y;");
}

Test(rows_tree, elements_and_attributes_of_xml_are_found_by_path)
{
    static const char *const paths[] = {"item.*.@id", "item.*.p", "item.*.q.1"};
    expect_rows(ROWS_XML, paths,
                "<set><item id='1'><p>x</p><q>k</q><q>l</q></item>"
                "<item id='2'><p>y</p><q>m</q><q>n</q></item></set>",
                "1:1|x|l;2:2|y|n;");
}

Test(rows_tree, lines_of_json_have_paths_too)
{
    static const char *const paths[] = {"k", "v.0", "v.1"};
    expect_rows(ROWS_JSON_LINES, paths, "{\"k\": 1, \"v\": [\"x\", \"y\"]}\n", "1:1|x|y;");
}

Test(rows_tree, a_document_without_items_has_no_rows)
{
    expect_rows(ROWS_JSON, parallel, "{\"id\": 1, \"q\": [], \"o\": []}", "");
}

Test(rows_tree, lists_side_by_side_must_be_of_one_length)
{
    expect_error(parallel, "{\"id\": 1, \"q\": [\"x\", \"y\"], \"o\": [[\"k\", \"l\"]]}",
                 "t: 'o.*.1' stands for 1 items, but 'q.*' for 2");
}

Test(rows_tree, a_star_that_stands_for_no_list_is_an_error)
{
    expect_error(parallel, "{\"id\": 1, \"q\": \"x\", \"o\": []}", "'q.*' leads to no list");
}

Test(rows_tree, a_path_that_leads_nowhere_is_an_error_with_its_row)
{
    expect_error(parallel, "{\"id\": 1, \"q\": [\"x\", \"y\"], \"o\": [[\"k\", \"l\"], [\"m\"]]}",
                 "t: row 2: 'o.*.1' is missing");
}

Test(rows_tree, numbers_and_truth_are_fields_as_they_are_written)
{
    expect_rows(ROWS_JSON_LINES, (const char *const[3]){"a", "b", "c"},
                "{\"a\": 1.5, \"b\": true, \"c\": -3}\n", "1:1.5|true|-3;");
}

Test(rows_tree, a_value_that_is_no_text_is_an_error)
{
    expect_error(parallel, "{\"id\": null, \"q\": [\"x\"], \"o\": [[\"k\", \"l\"]]}",
                 "'id' is null, expected text or a number");
}

Test(rows_tree, more_than_two_stars_are_an_error)
{
    static const char *const deep[] = {"*.*.*", "*", "*"};
    expect_error(deep, "[]", "'*.*.*' has 3 stars; at most 2");
}
