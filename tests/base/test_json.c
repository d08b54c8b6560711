#include "base/json.h"

#include "leak_check.h"
#include "../scratch_folder.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static Error err;
static Arena *arena;

static void make(void)
{
    scratch_folder_make();
    arena = arena_create("test", &err);
}

static void destroy(void)
{
    arena_destroy(arena);
    scratch_folder_remove();
}

TestSuite(json, .init = make, .fini = destroy);

static Json *parse(const char *text)
{
    return json_parse_text(text, strlen(text), "t.json", arena, &err);
}

Test(json, reads_every_type_of_value)
{
    Json *value =
        parse("{\"n\":null,\"b\":true,\"i\":-9007199254740993,\"r\":3.0,\"t\":\"\\u00e9\","
              "\"l\":[1,2],\"o\":{}}");
    cr_assert(value, "%s", err.text);
    cr_assert_eq(json_type(json_get(value, "n")), JSON_NULL_VALUE);
    cr_assert(json_bool(json_get(value, "b")));
    cr_assert_eq(json_int(json_get(value, "i")), -9007199254740993);
    cr_assert_eq(json_type(json_get(value, "r")), JSON_REAL_VALUE);
    cr_assert_eq(json_number(json_get(value, "r")), 3.0);
    cr_assert_eq(json_number(json_at(json_get(value, "l"), 1)), 2.0);
    cr_assert_str_eq(json_text(json_get(value, "t")), "\xC3\xA9");
    cr_assert_eq(json_size(json_get(value, "l")), 2);
    cr_assert_eq(json_size(json_get(value, "o")), 0);
    cr_assert_null(json_get(value, "absent"));
    cr_assert_eq(json_type(parse(" 7 ")), JSON_INTEGER_VALUE);
}

Test(json, members_keep_the_order_of_the_text)
{
    Json *value = parse("{\"z\":1,\"a\":2,\"m\":3}");
    const char *const expected[] = {"z", "a", "m"};
    for (size_t i = 0; i < 3; i++) {
        const char *key;
        Json *member;
        json_member(value, i, &key, &member);
        cr_assert_str_eq(key, expected[i]);
        cr_assert_eq(json_int(member), (int64_t)i + 1);
    }
}

static const struct {
    const char *text, *message;
} wrong[] = {
    {"{\"a\": 1,\n \"a\": 2}", "t.json:2:4: duplicate object key near '\"a\"'\n  try: remove one"},
    {"{\"a\": 1} x", "t.json:1:10: end of file expected near 'x'"},
    {"{\"a\": [1, 2", "t.json:1:11: ']' expected near end of file\n  try: close every"},
    {"{\"a\": 1,}", "t.json:1:9: string or '}' expected near '}'\n  try: look for"},
    {"{a: 1}", "t.json:1:2: string or '}' expected near 'a'"},
    {"\"\xFF\"", "t.json:1:1: unable to decode byte 0xff"},
    {"[1e999]", "t.json:1:6: real number overflow"},
    {"[99999999999999999999]", "t.json:1:21: too big integer"},
    {"\"a\\u0000b\"", "t.json:1:10: \\u0000 is not allowed without JSON_ALLOW_NUL"},
    {"", "t.json:1:0: unexpected token near end of file\n  try: close every"},
};

Test(json, what_is_wrong_is_told_with_line_and_column)
{
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        error_clear(&err);
        cr_assert_null(parse(wrong[i].text));
        cr_expect(strncmp(err.text, wrong[i].message, strlen(wrong[i].message)) == 0, "%zu: %s", i,
                  err.text);
        cr_expect_eq(err.kind, ERROR_USAGE);
    }
}

Test(json, deep_nesting_is_an_error_and_no_crash)
{
    enum { DEPTH = 200000 };
    char *text = arena_alloc(arena, DEPTH + 1, 1, &err);
    memset(text, '[', DEPTH);
    cr_assert_null(parse(text));
    cr_assert(strstr(err.text, "maximum parsing depth reached"), "%s", err.text);
}

Test(json, reads_files_and_names_them_in_errors)
{
    scratch_folder_write("x.json", "{\"a\": 5}", 8);
    Json *value = json_parse_file(scratch_folder_path("x.json"), arena, &err);
    cr_assert(value && json_int(json_get(value, "a")) == 5);
    scratch_folder_write("bad.json", "{\n1", 3);
    cr_assert_null(json_parse_file(scratch_folder_path("bad.json"), arena, &err));
    cr_assert(strstr(err.text, "/bad.json:2:1: "), "%s", err.text);
    error_clear(&err);
    cr_assert_null(json_parse_file(scratch_folder_path("absent.json"), arena, &err));
    cr_assert(strstr(err.text, "absent.json: cannot be opened"));
}

Test(json, values_are_built_and_replaced)
{
    Json *object = json_new_object(arena, &err), *list = json_new_list(arena, &err);
    cr_assert(json_set(object, "a", json_new_integer(1, arena, &err), &err));
    cr_assert(json_set(object, "b", list, &err));
    cr_assert(json_set(object, "a", json_new_text("two", arena, &err), &err));
    cr_assert(json_add(list, json_new_bool(false, arena, &err), &err));
    cr_assert(json_add(list, json_new_number(0.5, arena, &err), &err));
    cr_assert(json_add(list, json_new_number(NAN, arena, &err), &err));
    cr_assert_str_eq(json_canonical(object, arena, &err), "{\"a\":\"two\",\"b\":[false,0.5,null]}");
}

Test(json, a_missing_value_passes_its_error_through)
{
    Json *object = json_new_object(arena, &err), *list = json_new_list(arena, &err);
    arena_fail_at(1);
    cr_assert_not(json_set(object, "a", json_new_integer(1, arena, &err), &err));
    cr_assert_not(json_add(list, json_new_integer(1, arena, &err), &err));
    arena_fail_at(0);
    cr_assert_eq(err.n_errors, 2);
    cr_assert_eq(json_size(object), 0);
}

Test(json, large_objects_find_replace_and_remove)
{
    enum { N = 3000 };
    Json *object = json_new_object(arena, &err);
    char key[16];
    for (int i = 0; i < N; i++) {
        snprintf(key, sizeof key, "key %d", i);
        cr_assert(json_set(object, key, json_new_integer(i, arena, &err), &err));
    }
    for (int i = 0; i < N; i += 2) {
        snprintf(key, sizeof key, "key %d", i);
        if (i % 500 == 0) json_remove(object, key);
        else cr_assert(json_set(object, key, json_new_integer(-i, arena, &err), &err));
    }
    json_remove(object, "absent");
    cr_assert_eq(json_size(object), N - 6);
    for (int i = 0; i < N; i++) {
        snprintf(key, sizeof key, "key %d", i);
        const Json *value = json_get(object, key);
        if (i % 500 == 0) cr_assert_null(value);
        else cr_assert(value && json_int(value) == (i % 2 ? i : -i));
    }
    const char *first;
    Json *ignored;
    json_member(object, 0, &first, &ignored);
    cr_assert_str_eq(first, "key 1");
}

Test(json, a_clone_shares_nothing)
{
    Arena *other = arena_create("other", &err);
    Json *value =
        json_parse_text("{\"a\":[1,{\"b\":\"x\"}],\"c\":null,\"d\":1.5}", 36, "t", other, &err);
    cr_assert(value, "%s", err.text);
    Json *clone = json_clone(value, arena, &err);
    cr_assert(json_same(value, clone));
    cr_assert(json_set(json_at(json_get(value, "a"), 1), "b", json_new_null(other, &err), &err));
    cr_assert_not(json_same(value, clone));
    arena_destroy(other);
    cr_assert_str_eq(json_canonical(clone, arena, &err),
                     "{\"a\":[1,{\"b\":\"x\"}],\"c\":null,\"d\":1.5}");
}

Test(json, sameness_ignores_the_order_of_members_only)
{
    cr_assert(json_same(parse("{\"a\":1,\"b\":2}"), parse("{\"b\":2,\"a\":1}")));
    cr_assert_not(json_same(parse("[1,2]"), parse("[2,1]")));
    cr_assert_not(json_same(parse("[1]"), parse("[1,1]")));
    cr_assert_not(json_same(parse("1"), parse("1.0")));
    cr_assert_not(json_same(parse("{\"a\":1}"), parse("{\"b\":1}")));
    cr_assert_not(json_same(parse("\"a\""), parse("\"b\"")));
}

/* How many allocations it takes until parsing, cloning and printing succeed. */
static long parse_with_failures(void)
{
    static const char text[] = "{\"a\":[1,2.5,\"x\",true,null,{\"deep\":[[[]]]}],\"b\":{\"c\":"
                               "\"text\"},\"d\":4,\"e\":0,\"f\":0,"
                               "\"g\":0,\"h\":0,\"i\":0,\"j\":0,\"k\":0,\"l\":0,\"m\":0,\"n\":0,"
                               "\"o\":0,\"p\":0,\"q\":0,\"r\":0}";
    for (long n = 1;; n++) {
        Error own = {0};
        Arena *small = arena_create("small", &own);
        arena_fail_at(n);
        Json *value = json_parse_text(text, strlen(text), "t.json", small, &own);
        Json *clone = value ? json_clone(value, small, &own) : NULL;
        const char *printed = clone ? json_print(clone, small, &own) : NULL;
        bool done = printed && json_canonical(clone, small, &own);
        arena_fail_at(0);
        cr_assert(done || strstr(own.text, "out of memory: arena 'small'"), "%ld: %s", n, own.text);
        arena_destroy(small);
        if (done) return n;
    }
}

Test(json, an_allocation_failing_at_any_point_is_an_error_and_leaks_nothing)
{
    cr_assert_gt(parse_with_failures(), 50);
    cr_assert(leak_check_clean());
}

static void expect_mark_refused(const char *text, size_t size, const char *words, const char *hint)
{
    error_clear(&err);
    cr_expect_null(json_parse_text(text, size, "s.json", arena, &err));
    cr_expect(strstr(err.text, words), "no '%s' in %s", words, err.text);
    cr_expect(strstr(err.text, hint), "no '%s' in %s", hint, err.text);
}

Test(json, a_byte_order_mark_is_named_with_the_way_out)
{
    expect_mark_refused("\xEF\xBB\xBF{}", 5, "s.json:1:1: begins with a byte order mark (BOM)",
                        "sed -i '1s/^\\xEF\\xBB\\xBF//' s.json");
    expect_mark_refused("\xFF\xFE{\0}\0", 6, "s.json:1:1: is UTF-16", "iconv -f utf-16");
    expect_mark_refused("\xFE\xFF\0{\0}", 6, "s.json:1:1: is UTF-16", "iconv -f utf-16");
}

Test(json, texts_are_got_where_they_are_texts)
{
    Json *object = json_new_object(arena, &err);
    cr_assert(json_set_text(object, "word", "three", arena, &err) &&
              json_set_integer(object, "number", 3, arena, &err));
    cr_expect_str_eq(json_get_text(object, "word"), "three");
    cr_expect_null(json_get_text(object, "number"));
    cr_expect_null(json_get_text(object, "nothing"));
    cr_expect_eq(json_int(json_get(object, "number")), 3);
}
