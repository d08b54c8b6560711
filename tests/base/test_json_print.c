#include "base/file.h"
#include "base/json.h"
#include "base/rng.h"

#include "../scratch_folder.h"

#include <criterion/criterion.h>
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

TestSuite(json_print, .init = make, .fini = destroy);

static Json *parse(const char *text)
{
    Json *value = json_parse_text(text, strlen(text), "t.json", arena, &err);
    cr_assert(value, "%s", err.text);
    return value;
}

Test(json_print, is_indented_and_keeps_the_order)
{
    Json *value = parse("{\"b\":{\"y\":1,\"x\":[]},\"a\":[{\"k\":null},{}],\"n\":[1,2,3]}");
    cr_assert_str_eq(json_print(value, arena, &err), "{\n"
                                                     "  \"b\": {\n"
                                                     "    \"y\": 1,\n"
                                                     "    \"x\": []\n"
                                                     "  },\n"
                                                     "  \"a\": [\n"
                                                     "    {\n"
                                                     "      \"k\": null\n"
                                                     "    },\n"
                                                     "    {}\n"
                                                     "  ],\n"
                                                     "  \"n\": [1, 2, 3]\n"
                                                     "}\n");
}

Test(json_print, a_long_list_takes_a_line_for_each_value)
{
    Json *list = json_new_list(arena, &err);
    for (int i = 0; i < 40; i++) cr_assert(json_add(list, json_new_integer(i, arena, &err), &err));
    const char *text = json_print(list, arena, &err);
    cr_assert(strncmp(text, "[\n  0,\n  1,\n", 12) == 0, "%s", text);
    cr_assert(strstr(text, "  39\n]\n"));
}

Test(json_print, canonical_form_has_sorted_keys_and_no_space)
{
    cr_assert_str_eq(
        json_canonical(parse("{ \"b\" : [ 1 , {\"d\":1,\"c\":2} ], \"a\" : 0.10 }"), arena, &err),
        "{\"a\":0.1,\"b\":[1,{\"c\":2,\"d\":1}]}");
}

static const struct {
    double number;
    const char *text;
} numbers[] = {
    {0.1, "0.1"},
    {1.0 / 3, "0.3333333333333333"},
    {3.0, "3.0"},
    {-0.0, "-0.0"},
    {2.5e-4, "0.00025"},
    {1e-5, "1e-05"},
    {1e22, "1e+22"},
    {123456789.125, "123456789.125"},
    {0.30000000000000004, "0.30000000000000004"},
    {5e-324, "4.94065645841247e-324"},
};

Test(json_print, reals_have_the_fewest_digits_that_read_back)
{
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        const char *text =
            json_canonical(json_new_number(numbers[i].number, arena, &err), arena, &err);
        cr_expect_str_eq(text, numbers[i].text);
    }
}

Test(json_print, every_real_reads_back_as_the_same_bits)
{
    RngKey key = rng_key(1, RNG_TEST, 0);
    for (uint64_t i = 0; i < 20000; i++) {
        RngBlock block = rng_block(key, i);
        double number;
        memcpy(&number, block.word, sizeof number);
        if (number != number || number - number != 0) continue;
        ArenaMark mark = arena_mark(arena);
        const Json *back = parse(json_canonical(json_new_number(number, arena, &err), arena, &err));
        cr_assert_eq(json_type(back), JSON_REAL_VALUE);
        cr_assert_eq(json_number(back), number);
        arena_reset(arena, mark);
    }
}

Test(json_print, texts_are_escaped_where_json_asks_for_it)
{
    const char *text = "quote \" backslash \\ line\n tab\t bell\a \x1F \xC3\xA9 / \x7F";
    const char *printed = json_canonical(json_new_text(text, arena, &err), arena, &err);
    cr_assert_str_eq(
        printed,
        "\"quote \\\" backslash \\\\ line\\n tab\\t bell\\u0007 \\u001f \xC3\xA9 / \x7F\"");
    cr_assert_str_eq(json_text(parse(printed)), text);
}

Test(json_print, the_hash_is_that_of_the_canonical_form)
{
    HashText a, b, c;
    cr_assert(json_hash(&a, parse("{\"x\":1,\"y\":2}"), arena, &err));
    cr_assert(json_hash(&b, parse("{ \"y\":2, \"x\":1 }"), arena, &err));
    cr_assert(json_hash(&c, parse("{\"x\":1,\"y\":3}"), arena, &err));
    cr_assert_str_eq(a.text, hash_bytes("{\"x\":1,\"y\":2}", 13).text);
    cr_assert_str_eq(a.text, b.text);
    cr_assert_str_neq(a.text, c.text);
}

Test(json_print, a_file_written_reads_back_the_same)
{
    Json *value = parse("{\"a\":[1,2.5,{\"b\":\"\xE2\x82\xAC\"}]}");
    size_t used = arena_used_bytes(arena);
    cr_assert(json_write_file(scratch_folder_path("x.json"), value, arena, &err), "%s", err.text);
    cr_assert_eq(arena_used_bytes(arena), used, "scratch memory is given back");
    cr_assert(json_same(value, json_parse_file(scratch_folder_path("x.json"), arena, &err)));
    file_fail_at(1);
    cr_assert_not(json_write_file(scratch_folder_path("x.json"), value, arena, &err));
}

/* --- what is written is read back --------------------------------------------------------------- */

/* Bytes of any kind, many of them parts of UTF-8 sequences. */
static const char *random_text(RngKey key, uint64_t *at)
{
    static const char *const pieces[] = {
        "a", "\"",           "\\",   "\n",   "\x01", "\x7F",         "é",   "€", "\xF0\x9F\x98\x80",
        "/", "\xED\x9F\xBF", "\xE9", "\xC3", "\xA9", "\xED\xA0\x80", "\xFF"};
    static char text[64];
    uint64_t n = rng_below(key, (*at)++, 9), kinds = rng_below(key, (*at)++, 2) ? 16 : 11;
    *text = '\0';
    for (uint64_t i = 0; i < n; i++) strcat(text, pieces[rng_below(key, (*at)++, kinds)]);
    return text;
}

static double random_number(RngKey key, uint64_t *at)
{
    double number;
    uint64_t bits = (uint64_t)rng_u32(key, *at) << 32 | rng_u32(key, *at + 1);
    *at += 2;
    memcpy(&number, &bits, sizeof number);
    return number;
}

/* NULL: a text that is no UTF-8. */
static Json *random_value(RngKey key, uint64_t *at, int depth)
{
    Json *value;
    uint64_t n = rng_below(key, (*at)++, 5);
    switch (rng_below(key, (*at)++, depth < 4 ? 7 : 5)) {
    case 0: return json_new_null(arena, &err);
    case 1: return json_new_bool(n & 1, arena, &err);
    case 2: return json_new_integer((int64_t)(random_number(key, at) / 1e300), arena, &err);
    case 3: return json_new_number(random_number(key, at), arena, &err);
    case 4: return json_new_text(random_text(key, at), arena, &err);
    case 5:
        value = json_new_list(arena, &err);
        while (value && n-- > 0)
            if (!json_add(value, random_value(key, at, depth + 1), &err)) return NULL;
        return value;
    default:
        value = json_new_object(arena, &err);
        while (value && n-- > 0)
            if (!json_set(value, random_text(key, at), random_value(key, at, depth + 1), &err))
                return NULL;
        return value;
    }
}

Test(json_print, what_is_written_is_read_back_or_refused)
{
    int n_written = 0, n_refused = 0;
    for (uint64_t trial = 0; trial < 3000; trial++) {
        uint64_t at = 0;
        err = (Error){0};
        Json *value = random_value(rng_key(7, RNG_TEST, trial), &at, 0);
        if (!value) {
            cr_expect(strstr(err.text, "JSON holds only UTF-8"), "%s", err.text);
            n_refused++;
            continue;
        }
        const char *forms[] = {json_print(value, arena, &err), json_canonical(value, arena, &err)};
        for (int i = 0; i < 2; i++) {
            Json *again = json_parse_text(forms[i], strlen(forms[i]), "t", arena, &err);
            cr_assert(again, "%s: %s", forms[i], err.text);
            cr_expect(json_same(value, again), "%s", forms[i]);
        }
        n_written++;
    }
    cr_expect_gt(n_written, 1000);
    cr_expect_gt(n_refused, 100);
}

static Json *nested(int depth)
{
    Json *value = json_new_list(arena, &err);
    for (int i = 1; i < depth; i++) {
        Json *outer = json_new_list(arena, &err);
        cr_assert(json_add(outer, value, &err));
        value = outer;
    }
    return value;
}

Test(json_print, what_is_nested_too_deeply_to_be_read_is_refused)
{
    char *text = json_canonical(nested(2048), arena, &err);
    cr_assert(text && json_parse_text(text, strlen(text), "t", arena, &err), "%s", err.text);
    cr_expect_null(json_canonical(nested(2049), arena, &err));
    cr_expect(strstr(err.text, "nested more than 2048 deep"), "%s", err.text);
}
