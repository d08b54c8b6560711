/* Labelled examples as text to text, with a tokenizer that has one token a letter. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "letters_rig.h"
#include "task/text_to_text.h"

static Error err;
static Arena *arena;
static Tokenizer *tokenizer;
static SpecialTokens special;

static void begin(void)
{
    tokenizer = letters_rig_begin(&arena);
    special = special_tokens((TextTokens){.n = tokenizer_n_tokens(tokenizer)}, 100,
                             SPECIAL_TOKENS_SOURCE);
}

static void end(void)
{
    letters_rig_end(arena);
}
TestSuite(text_to_text, .init = begin, .fini = end);

static const char *const yes_no[] = {"yes", "no"};

static DatasetInfo info_of(DatasetForm form)
{
    return (DatasetInfo){.name = "x",
                         .form = form,
                         .n_labels = 2,
                         .label_names = form == DATASET_MULTIPLE_CHOICE ? NULL : yes_no,
                         .low = 0,
                         .high = 5};
}

static Sequences encode(Example example, const DatasetInfo *info, int n_context)
{
    Sequences sequences;
    Examples all = {1, &example};
    cr_assert(
        text_to_text_encode(&sequences, &all, info, tokenizer, &special, n_context, arena, &err),
        "%s", err.text);
    return sequences;
}

/* Tokens as text: characters, and < and > for start and end. */
static const char *shown(const int *token, int n)
{
    Buffer text = buffer_create(arena);
    for (int i = 0; i < n; i++) {
        const char c = token[i] == special.start ? '<'
                       : token[i] == special.end ? '>'
                                                 : *tokenizer_token(tokenizer, token[i]);
        cr_assert(buffer_add_char(&text, c, &err));
    }
    return text.data;
}

static const char *source(const Sequences *s)
{
    return shown(s->source + s->source_start[0], s->source_start[1] - s->source_start[0]);
}

static const char *given(const Sequences *s, int q)
{
    return shown(s->token + s->start[q], s->start[q + 1] - s->start[q]);
}

static const char *asked(const Sequences *s, int q)
{
    return shown(s->asked + s->start[q], s->start[q + 1] - s->start[q]);
}

Test(text_to_text, a_classification_asks_of_its_sentence_and_has_a_target_a_label)
{
    const DatasetInfo info = info_of(DATASET_CLASSIFICATION);
    Sequences s =
        encode((Example){.text = (const char *[]){"a b c"}, .n_texts = 1, .label = 1}, &info, 30);
    cr_expect_str_eq(source(&s), "xsentence:abc>");
    cr_expect_eq(s.n_sequences, 2);
    cr_expect_eq(s.first[1], 2);
    cr_expect_str_eq(given(&s, 0), "<yes");
    cr_expect_str_eq(asked(&s, 0), "yes>");
    cr_expect_str_eq(given(&s, 1), "<no");
    cr_expect_str_eq(asked(&s, 1), "no>");
    cr_expect_eq(s.right[0], 1);
    cr_expect_eq(s.truth[0], 1);
}

Test(text_to_text, two_texts_have_keys_and_one_order)
{
    const Example example = {.text = (const char *[]){"a b", "c"}, .n_texts = 2};
    const DatasetInfo entailment = info_of(DATASET_ENTAILMENT),
                      similarity = info_of(DATASET_SIMILARITY);
    Sequences s = encode(example, &entailment, 40);
    cr_expect_str_eq(source(&s), "xpremise:abhypothesis:c>");
    s = encode(example, &similarity, 40);
    cr_expect_str_eq(source(&s), "xsentence1:absentence2:c>");
}

Test(text_to_text, a_multiple_choice_has_its_answers_in_the_source_and_a_target_a_number)
{
    const DatasetInfo info = info_of(DATASET_MULTIPLE_CHOICE);
    Sequences s =
        encode((Example){.text = (const char *[]){"a b", "c", "d e"}, .n_texts = 3, .label = 1},
               &info, 60);
    cr_expect_str_eq(source(&s), "xcontext:abchoice1:cchoice2:de>");
    cr_expect_eq(s.n_sequences, 2);
    cr_expect_str_eq(asked(&s, 0), "choice1>");
    cr_expect_eq(s.right[0], 1);
}

Test(text_to_text, a_number_is_one_of_26_of_which_the_nearest_is_right)
{
    static const double targets[] = {0, 5, 3.8, 0.29, 0.31, -1, 9};
    static const int right[] = {0, 25, 19, 1, 2, 0, 25};
    const DatasetInfo info = info_of(DATASET_REGRESSION);
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        Sequences s = encode((Example){.text = (const char *[]){"a", "b"},
                                       .n_texts = 2,
                                       .label = -1,
                                       .target = targets[i]},
                             &info, 40);
        cr_expect_eq(s.n_sequences, TEXT_TO_TEXT_STEPS + 1);
        cr_expect_eq(s.right[0], right[i], "%g: %d", targets[i], s.right[0]);
        cr_expect_eq(s.truth[0], targets[i]);
    }
}

Test(text_to_text, what_is_not_public_has_no_right_answer)
{
    const DatasetInfo info = info_of(DATASET_CLASSIFICATION), number = info_of(DATASET_REGRESSION);
    Sequences s =
        encode((Example){.text = (const char *[]){"a"}, .n_texts = 1, .label = -1}, &info, 30);
    cr_expect_eq(s.right[0], -1);
    cr_expect(isnan(s.truth[0]));
    s = encode(
        (Example){
            .text = (const char *[]){"a", "b"}, .n_texts = 2, .label = -1, .target = (double)NAN},
        &number, 40);
    cr_expect_eq(s.right[0], -1);
}

Test(text_to_text, the_longest_field_is_cut_and_the_beginning_of_a_context)
{
    const DatasetInfo entailment = info_of(DATASET_ENTAILMENT),
                      choice = info_of(DATASET_MULTIPLE_CHOICE);
    Sequences s = encode((Example){.text = (const char *[]){"a b c d e", "f"}, .n_texts = 2},
                         &entailment, 25);
    cr_expect_str_eq(source(&s), "xpremise:abchypothesis:f>");
    cr_expect_eq(s.n_truncated, 1);
    s = encode((Example){.text = (const char *[]){"a b c d e", "f", "g"}, .n_texts = 3}, &choice,
               30);
    cr_expect_str_eq(source(&s), "xcontext:dechoice1:fchoice2:g>");
}

Test(text_to_text, a_context_without_room_for_the_question_is_refused)
{
    Sequences s;
    const DatasetInfo info = info_of(DATASET_ENTAILMENT);
    Example example = {.text = (const char *[]){"a", "b"}, .n_texts = 2};
    Examples all = {1, &example};
    cr_assert_not(text_to_text_encode(&s, &all, &info, tokenizer, &special, 22, arena, &err));
    cr_expect(strstr(err.text, "no room"), "%s", err.text);
}
