#include <criterion/criterion.h>
#include <string.h>

#include "base/rng.h"
#include "text/unicode.h"
#include "text_rig.h"

TestSuite(normalizer, .init = text_rig_set_up, .fini = text_rig_tear_down);

/* Words are separated by one space; nothing else in them is white space or a control, but the newline. */
static void check_words(const char *words, size_t size)
{
    cr_assert(size == 0 || (words[0] != ' ' && words[size - 1] != ' '));
    cr_assert(size == 0 || (words[0] != '\n' && words[size - 1] != '\n'));
    cr_assert_null(strstr(words, "  "));
    for (size_t at = 0; at < size;) {
        uint32_t c;
        int length = unicode_decode(&c, words + at, size - at);
        cr_assert(c != UNICODE_REPLACEMENT || length == 3, "invalid UTF-8 at %zu", at);
        if (c == '\n') cr_assert(words[at - 1] == ' ' && words[at + 1] == ' ');
        else if (c != ' ')
            cr_assert(c > ' ' && c != 0x7F && unicode_class(c) != UNICODE_SPACE, "U+%04X", c);
        at += (size_t)length;
    }
}

static void check_random_text(uint64_t seed, const char *const *parts, size_t n_parts)
{
    RngKey key = rng_key(seed, RNG_TEST, 0);
    Buffer text = buffer_create(text_rig_arena);
    for (uint64_t i = 0; i < 200; i++) {
        const char *part = parts ? parts[rng_below(key, i, n_parts)] : "";
        bool added = parts ? buffer_add_text(&text, part, &text_rig_err)
                           : buffer_add_char(&text, (char)rng_u32(key, i), &text_rig_err);
        cr_assert(added, "%s", text_rig_err.text);
    }
    char *words =
        tokenizer_normalize(text.data, text.size, &normalizer_own, text_rig_arena, &text_rig_err);
    cr_assert(words, "%s", text_rig_err.text);
    check_words(words, strlen(words));
}

Test(normalizer, any_bytes_give_well_formed_words)
{
    for (uint64_t seed = 0; seed < 2000; seed++) check_random_text(seed, NULL, 0);
}

Test(normalizer, any_mixture_of_what_the_steps_look_for_gives_well_formed_words)
{
    static const char *const parts[] = {
        "a",      "I",      "mr",     "U",      "S",      ".",      "..",       "'",
        "''",     "'s",     "n't",    "\"",     "-",      "--",     "!",        "&",
        ";",      "#",      "&amp;",  "&#32;",  "&nbsp;", "&lt;",   "<",        "1",
        "2,0",    "km",     "$",      " ",      "\t",     "\n",     "\r",       "\r\n",
        "\f",     "Ã",      "©",      "Â",      "â",      "€",      "™",        "Ă",
        "Š",      "ť",      "í",      "Ű",      "\u00A0", "\u2028", "\u0301",   "\uFB03",
        "\uFF01", "\uFEFF", "\u2014", "\u2026", "\u2019", "\xC2",   "\xE2\x80", "\xC2\x85",
        "\u212B",
    };
    for (uint64_t seed = 0; seed < 4000; seed++)
        check_random_text(seed, parts, sizeof parts / sizeof *parts);
}

Test(normalizer, normalizing_again_changes_nothing_in_plain_prose)
{
    const char *once = text_rig_normalize(
        "\"It's mr. Smith's - he can't,\" said J. at 10:30 a.m., i.e. late...\n'Yes.'");
    cr_assert_str_eq(text_rig_normalize(once), once);
}
