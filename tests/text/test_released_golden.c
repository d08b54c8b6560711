#include <criterion/criterion.h>
#include <string.h>

#include "../golden_file.h"
#include "text_rig.h"

#define GOLDEN "tests/golden/released/released.json"

TestSuite(released_golden, .init = text_rig_set_up, .fini = text_rig_tear_down);

static Json *cases(void)
{
    return golden_file_member(golden_file_open(GOLDEN, text_rig_arena), "cases");
}

static const char *member(const Json *object, const char *key)
{
    return json_text(golden_file_member(object, key));
}

Test(released_golden, clean_up_is_that_of_the_released_code)
{
    Json *list = cases();
    for (size_t i = 0; i < json_size(list); i++) {
        const char *raw = member(json_at(list, i), "raw");
        cr_expect_str_eq(text_rig_released_clean(raw), member(json_at(list, i), "clean"));
    }
}

Test(released_golden, words_are_those_of_the_released_code)
{
    Json *list = cases();
    for (size_t i = 0; i < json_size(list); i++) {
        const char *raw = member(json_at(list, i), "raw");
        const char *words = tokenizer_normalize(raw, strlen(raw), &normalizer_released,
                                                text_rig_arena, &text_rig_err);
        cr_assert(words, "%s", text_rig_err.text);
        cr_expect_str_eq(words, member(json_at(list, i), "words"), "'%s'", raw);
    }
}

Test(released_golden, ids_are_those_of_the_released_code)
{
    const TokenizerFiles files = {.method = "published",
                                  .vocabulary = text_rig_mirror("gpt1-bpe/encoder_bpe_40000.json"),
                                  .merges = text_rig_mirror("gpt1-bpe/vocab_40000.bpe")};
    Tokenizer *tokenizer = tokenizer_load_files(&files, text_rig_arena, &text_rig_err);
    cr_assert(tokenizer, "%s", text_rig_err.text);
    Json *list = cases();
    for (size_t i = 0; i < json_size(list); i++) {
        const char *raw = member(json_at(list, i), "raw");
        Json *ids = golden_file_member(json_at(list, i), "ids");
        TokenList tokens;
        cr_assert(
            tokenizer_encode(&tokens, tokenizer, raw, strlen(raw), text_rig_arena, &text_rig_err));
        cr_assert_eq(tokens.n, json_size(ids), "%zu ids: '%s'", tokens.n, raw);
        cr_expect_arr_eq(tokens.ids, golden_file_ints(ids, text_rig_arena),
                         tokens.n * sizeof *tokens.ids, "'%s'", raw);
    }
}
