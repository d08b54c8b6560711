#include <criterion/criterion.h>

#include "../golden_file.h"
#include "text_rig.h"

#define GOLDEN "tests/golden/bpe/bpe.json"

TestSuite(normalizer_golden, .init = text_rig_set_up, .fini = text_rig_tear_down);

static const char *member(const Json *object, const char *key)
{
    return json_text(golden_file_member(object, key));
}

Test(normalizer_golden, clean_up_agrees_with_ftfy_unless_a_reason_is_given)
{
    Json *cases = golden_file_member(golden_file_open(GOLDEN, text_rig_arena), "raw");
    for (size_t i = 0; i < json_size(cases); i++) {
        Json *one = json_at(cases, i);
        if (!json_get(one, "why"))
            cr_expect_str_eq(text_rig_clean(member(one, "raw")), member(one, "clean"));
    }
}

Test(normalizer_golden, standardization_agrees_with_the_regular_expressions)
{
    Json *cases = golden_file_member(golden_file_open(GOLDEN, text_rig_arena), "raw");
    for (size_t i = 0; i < json_size(cases); i++) {
        Json *one = json_at(cases, i);
        cr_expect_str_eq(text_rig_standardize(member(one, "clean")), member(one, "standard"));
    }
}

Test(normalizer_golden, words_agree_with_spacy_unless_a_reason_is_given)
{
    Json *cases = golden_file_member(golden_file_open(GOLDEN, text_rig_arena), "raw");
    for (size_t i = 0; i < json_size(cases); i++) {
        Json *one = json_at(cases, i);
        const char *words = member(one, json_get(one, "why") ? "ours" : "words");
        cr_expect_str_eq(text_rig_normalize(member(one, "raw")), words, "'%s'", member(one, "raw"));
    }
}
