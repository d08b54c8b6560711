#include <criterion/criterion.h>

#include "spec/field.h"

static const char *const words[] = {"dropout", "n_layer", "n_head", "lm_coefficient"};

static void expect_nearest(const char *word, const char *wanted)
{
    const char *nearest = spec_suggest_nearest(word, words, 4);
    cr_expect_str_eq(nearest ? nearest : "(none)", wanted, "%s: %s", word, nearest);
}

Test(spec_suggest, one_letter_more_or_less_is_near)
{
    expect_nearest("dropouts", "dropout");
    expect_nearest("n_ayer", "n_layer");
}
Test(spec_suggest, swapped_letters_are_near)
{
    expect_nearest("dropuot", "dropout");
}
Test(spec_suggest, case_does_not_matter)
{
    expect_nearest("N_HEAD", "n_head");
}
Test(spec_suggest, a_different_word_is_not_near)
{
    expect_nearest("epochs", "(none)");
}
Test(spec_suggest, the_nearest_of_several_is_taken)
{
    expect_nearest("n_heade", "n_head");
}
Test(spec_suggest, nothing_is_near_the_empty_word)
{
    expect_nearest("", "(none)");
}

Test(spec_suggest, very_long_words_are_not_guessed_at)
{
    expect_nearest("dropoutdropoutdropoutdropoutdropoutdropoutdropoutdropoutdropoutdropout",
                   "(none)");
}

static void expect_hint(const char *word, const char *const *known, size_t n, const char *hint)
{
    Error err = {0};
    Arena *arena = arena_create("test", &err);
    error_usage(&err, "wrong");
    cr_expect_not(spec_suggest_hint(&(SpecReader){"x.json", arena, &err}, word, known, n));
    cr_expect_str_eq(err.text + strlen("wrong\n  try: "), hint);
    arena_destroy(arena);
}

Test(spec_suggest, a_hint_names_the_known_words)
{
    expect_hint("dropuot", words, 2, "'dropout' (known: dropout, n_layer)");
    expect_hint("zzz", words, 2, "one of dropout, n_layer");
    expect_hint("zzz", words, 1, "'dropout'");
    expect_hint("zzz", words, 0, "leave it out: nothing is known here");
}

Test(spec_suggest, words_with_commas_are_told_apart)
{
    static const char *const cells[] = {"full, epochs=3", "full, epochs=10"};
    expect_hint("zzz", cells, 2, "one of 'full, epochs=3', 'full, epochs=10'");
}
