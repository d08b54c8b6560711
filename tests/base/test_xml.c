#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/xml.h"

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
TestSuite(xml, .init = set_up, .fini = tear_down);

static Json *parse(const char *text)
{
    return xml_parse_text(text, strlen(text), "t.xml", arena, &err);
}

static void expect_tree(const char *text, const char *canonical)
{
    Json *tree = parse(text);
    cr_assert(tree, "%s", err.text);
    cr_expect_str_eq(json_canonical(tree, arena, &err), canonical);
}

Test(xml, what_is_written_is_read_back)
{
    static const char text[] = "a<b> & \"c\" 'd' ]]> é → 日";
    Buffer xml = buffer_create(arena);
    cr_assert(xml_format(&xml, &err, "<r x=\"%s\"><y>%s</y><n>%zu</n></r>", text, text, (size_t)3));
    Json *tree = parse(xml.data);
    cr_assert(tree, "%s", err.text);
    cr_expect_str_eq(json_get_text(tree, "@x"), text);
    cr_expect_str_eq(json_text(json_at(json_get(tree, "y"), 0)), text);
    cr_expect_str_eq(json_text(json_at(json_get(tree, "n"), 0)), "3");
}

Test(xml, what_no_document_may_hold_is_written_as_a_space)
{
    Buffer xml = buffer_create(arena);
    cr_assert(xml_format(&xml, &err, "<r>%s</r>", "a\001b\uFFFEc\uFFFFd"));
    cr_expect_str_eq(xml.data, "<r>a b c d</r>");
    cr_expect(parse(xml.data), "%s", err.text);
}

static void expect_error(const char *text, const char *message)
{
    cr_assert_null(parse(text));
    cr_expect_eq(err.kind, ERROR_USAGE);
    cr_expect_not_null(strstr(err.text, message), "%s", err.text);
}

Test(xml, an_element_of_text_alone_is_that_text)
{
    expect_tree("<a>x</a>", "\"x\"");
}

Test(xml, children_are_lists_by_name_and_attributes_texts)
{
    expect_tree("<a><b id='1'><c>x</c></b><b id='2'/><d>y</d></a>",
                "{\"b\":[{\"@id\":\"1\",\"c\":[\"x\"]},{\"@id\":\"2\"}],\"d\":[\"y\"]}");
}

Test(xml, runs_of_white_space_are_one_space_and_none_stands_at_the_ends)
{
    expect_tree("<a>\n  x \t\n y  </a>", "\"x y\"");
}

Test(xml, text_beside_children_is_kept_under_no_name)
{
    expect_tree("<a>x<b>y</b> z</a>", "{\"\":\"x z\",\"b\":[\"y\"]}");
}

Test(xml, an_empty_element_is_an_empty_text)
{
    expect_tree("<a><b/><b></b></a>", "{\"b\":[\"\",\"\"]}");
}

Test(xml, another_encoding_becomes_utf8)
{
    expect_tree("<?xml version='1.0' encoding='ISO-8859-1'?><a>caf\xE9</a>", "\"caf\xC3\xA9\"");
}

Test(xml, named_and_numbered_characters_are_read)
{
    expect_tree("<a>&lt;&#233;&amp;</a>", "\"<\xC3\xA9&\"");
}

Test(xml, a_document_type_elsewhere_is_not_read)
{
    expect_tree("<!DOCTYPE a SYSTEM 'file:///nowhere.dtd'><a>x</a>", "\"x\"");
}

Test(xml, a_document_cut_off_is_an_error_with_its_line)
{
    expect_error("<a>\n<b>x</b>\n", "t.xml:3: ");
}

Test(xml, tags_that_cross_are_an_error_with_their_line)
{
    expect_error("<a>\n<b>x</a></b>", "t.xml:2: mismatched tag");
}

Test(xml, deep_nesting_is_an_error)
{
    char text[1024] = "";
    for (int i = 0; i < 100; i++) strcat(text, "<a>");
    expect_error(text, "nested more than 64 deep");
}

Test(xml, running_out_of_memory_at_any_point_is_an_ordinary_error)
{
    long n = 1;
    for (Json *tree = NULL; !tree; n++) {
        Error failed = {0};
        const char text[] = "<a k='v'><b>x</b>y</a>";
        arena_fail_at(n);
        tree = xml_parse_text(text, strlen(text), "t", arena, &failed);
        arena_fail_at(0);
        cr_expect(tree || failed.kind == ERROR_FAILED, "%ld: %s", n, failed.text);
    }
    cr_expect(n > 3);
}
