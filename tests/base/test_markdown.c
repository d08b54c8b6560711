#include "base/markdown.h"

#include <criterion/criterion.h>
#include <string.h>

static Error err;
static Arena *arena;

static void make(void)
{
    arena = arena_create("test", &err);
}

static void destroy(void)
{
    arena_destroy(arena);
}

TestSuite(markdown, .init = make, .fini = destroy);

static const char *text(const char *plain)
{
    Buffer out = buffer_create(arena);
    cr_assert(buffer_add_text(&out, "", &err) && markdown_text(&out, plain, &err), "%s", err.text);
    return out.data;
}

static const char *code(const char *plain)
{
    Buffer out = buffer_create(arena);
    cr_assert(markdown_code(&out, plain, &err), "%s", err.text);
    return out.data;
}

static const char *web(const char *name, const char *address)
{
    Buffer out = buffer_create(arena);
    cr_assert(markdown_link(&out, name, address, &err), "%s", err.text);
    return out.data;
}

Test(markdown, ordinary_text_stays_as_it_is)
{
    static const char *const plain[] = {
        "first-transfer, lm_coefficient=0.5",
        "mean over 3 seeds [95 % interval]: paired",
        "\"full\" against \"no pre-training\"",
        "R&D, 100 % × 2 − 1",
        "GPT-1, 4.1; 2018. Žižkov",
        "0.1.0",
    };
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        cr_expect_str_eq(text(plain[i]), plain[i]);
}

Test(markdown, what_no_one_can_read_becomes_a_space)
{
    static const char plain[] = "\xC2\x85 a\x1b[31m\xC2\x9B|\xE2\x80\xA9\xE2\x80\xAE é";
    cr_expect_str_eq(text(plain), "a [31m \\|   é");
    cr_expect_str_eq(code(plain), "`  a [31m \\|   é`");
    cr_expect_str_eq(web("a\xE2\x80\xAE]b", "https://x"), "[a \\]b](https://x)");
}

Test(markdown, what_is_written_with_signs_is_shown_with_signs)
{
    cr_expect_str_eq(text("a|b *c* `d` ~~e~~ $f$ \\g"),
                     "a\\|b \\*c\\* \\`d\\` \\~\\~e\\~\\~ \\$f\\$ \\\\g");
    cr_expect_str_eq(text("_a_ b_c __d"), "\\_a\\_ b_c \\_\\_d");
    cr_expect_str_eq(text("[a](javascript:b) ![c](d) e[f][g]"),
                     "\\[a\\](javascript:b) ![c\\](d) e[f\\][g]");
}

Test(markdown, html_is_text)
{
    cr_expect_str_eq(text("<script>a()</script> &lt; &#60; a & b"),
                     "&lt;script>a()&lt;/script> &amp;lt; &amp;#60; a & b");
}

Test(markdown, no_line_begins_a_block_and_none_is_broken)
{
    cr_expect_str_eq(text("# a"), "\\# a");
    cr_expect_str_eq(text("    - a"), "\\- a");
    cr_expect_str_eq(text("12. a"), "12\\. a");
    cr_expect_str_eq(text("[a]: b"), "\\[a]: b");
    cr_expect_str_eq(text("a\n# b\r\n> c\td"), "a # b  > c d");
}

Test(markdown, code_holds_any_text)
{
    cr_expect_str_eq(code("a_b*<c>"), "`a_b*<c>`");
    cr_expect_str_eq(code("a `b` ``c"), "``` a `b` ``c ```");
    cr_expect_str_eq(code("a|b\nc"), "`a\\|b c`");
}

Test(markdown, a_format_escapes_its_texts_alone)
{
    Buffer out = buffer_create(arena);
    cr_assert(markdown_format(&out, &err, "| *%s* | `%s` | %lld of %zu, 5 %% |\n", "a|b", "c`d",
                              7LL, (size_t)9));
    cr_expect_str_eq(out.data, "| *a\\|b* | `` c`d `` | 7 of 9, 5 % |\n");
}

Test(markdown, a_link_leads_to_the_web_and_nowhere_else)
{
    cr_expect_str_eq(web("a_[b]-c", "https://x.org/a_b?c=d#e"),
                     "[a\\_\\[b\\]-c](https://x.org/a_b?c=d#e)");
    cr_expect_str_eq(web("a", "https://x.org/a b)(c|"), "[a](https://x.org/a%20b%29%28c%7C)");
    cr_expect_str_eq(web("a", "javascript:alert(1)"), "a");
    cr_expect_str_eq(web("a", ""), "a");
}
