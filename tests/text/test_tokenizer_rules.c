/* The rules for another library's tokenizer: the text of the rules, and the words that the library cuts by them
 * (tests/golden/huggingface). */
#include <criterion/criterion.h>

#include "../golden_file.h"
#include "base/file.h"
#include "text/tokenizer_huggingface.h"
#include "text/tokenizer_rules.h"
#include "text_rig.h"

TestSuite(tokenizer_rules, .init = text_rig_set_up, .fini = text_rig_tear_down);

#define RULES  "tests/golden/huggingface/rules.json"
#define GOLDEN "tests/golden/huggingface/huggingface.json"

static Json *rules(void)
{
    Json *object = json_new_object(text_rig_arena, &text_rig_err);
    cr_assert(
        object &&
            json_set(object, "normalizer",
                     tokenizer_rules_normalizer(text_rig_arena, &text_rig_err), &text_rig_err) &&
            json_set(object, "pre_tokenizer",
                     tokenizer_rules_pre_tokenizer(text_rig_arena, &text_rig_err), &text_rig_err),
        "%s", text_rig_err.text);
    return object;
}

/* Where they differ, the new ones lie in build/ for whoever changed them on purpose. */
Test(tokenizer_rules, are_those_that_the_library_was_given)
{
    const Json *ours = rules();
    if (json_same(ours, golden_file_open(RULES, text_rig_arena))) return;
    cr_expect(json_write_file("build/golden/rules.json", ours, text_rig_arena, &text_rig_err));
    cr_assert_fail("cp build/golden/rules.json " RULES ", then make golden");
}

Test(tokenizer_rules, the_library_cuts_the_same_words)
{
    const Json *lines = golden_file_member(golden_file_open(GOLDEN, text_rig_arena), "lines");
    cr_assert_gt(json_size(lines), 80);
    for (size_t i = 0; i < json_size(lines); i++) {
        const char *line = json_text(json_at(json_at(lines, i), 0));
        cr_expect_str_eq(text_rig_normalize(line), json_text(json_at(json_at(lines, i), 1)), "'%s'",
                         line);
    }
}
