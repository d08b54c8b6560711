/* Input transformations (GPT-1, figure 1), with a tokenizer that has one token a letter. */
#include <criterion/criterion.h>
#include <string.h>

#include "letters_rig.h"
#include "task/sequences.h"

static Error err;
static Arena *arena;
static Tokenizer *tokenizer;
static SpecialTokens special;

static void begin(void)
{
    tokenizer = letters_rig_begin(&arena);
    special =
        special_tokens((TextTokens){.n = tokenizer_n_tokens(tokenizer)}, 0, SPECIAL_TOKENS_TASKS);
}

static void end(void)
{
    letters_rig_end(arena);
}
TestSuite(sequences, .init = begin, .fini = end);

static Sequences encode(const Example *examples, size_t n, DatasetForm form, int n_context)
{
    Sequences sequences;
    Examples all = {n, (Example *)examples};
    cr_assert(sequences_encode(&sequences, &all, form, tokenizer, &special, n_context, arena, &err),
              "%s", err.text);
    return sequences;
}

static Sequences encode_one(Example example, DatasetForm form, int n_context)
{
    return encode(&example, 1, form, n_context);
}

/* A sequence as text: letters, and < | > for start, delimiter and classify. */
static const char *shown(const Sequences *sequences, int q)
{
    Buffer text = buffer_create(arena);
    for (int i = sequences->start[q]; i < sequences->start[q + 1]; i++) {
        int id = sequences->token[i];
        char c = id == special.start       ? '<'
                 : id == special.delimiter ? '|'
                 : id == special.classify  ? '>'
                                           : *tokenizer_token(tokenizer, id);
        cr_assert(buffer_add_char(&text, c, &err));
    }
    return text.data;
}

Test(sequences, special_tokens_follow_the_tokenizers_own)
{
    int n = tokenizer_n_tokens(tokenizer);
    cr_expect_eq(special.start, n);
    cr_expect_eq(special.delimiter, n + 1);
    cr_expect_eq(special.classify, n + 2);
    cr_expect_null(tokenizer_token(tokenizer, special.start));
}

Test(sequences, classification_is_one_text_between_start_and_classify)
{
    Sequences s = encode_one((Example){.text = (const char *[]){"a b c"}, .n_texts = 1},
                             DATASET_CLASSIFICATION, 9);
    cr_expect_eq(s.n_sequences, 1);
    cr_expect_str_eq(shown(&s, 0), "<abc>");
}

Test(sequences, entailment_has_a_delimiter_between_premise_and_hypothesis)
{
    Sequences s = encode_one((Example){.text = (const char *[]){"a b", "c"}, .n_texts = 2},
                             DATASET_ENTAILMENT, 9);
    cr_expect_eq(s.n_sequences, 1);
    cr_expect_str_eq(shown(&s, 0), "<ab|c>");
}

Test(sequences, similarity_has_both_orders)
{
    Sequences s = encode_one((Example){.text = (const char *[]){"a b", "c"}, .n_texts = 2},
                             DATASET_SIMILARITY, 9);
    cr_expect_eq(s.n_sequences, 2);
    cr_expect_str_eq(shown(&s, 0), "<ab|c>");
    cr_expect_str_eq(shown(&s, 1), "<c|ab>");
}

Test(sequences, multiple_choice_has_the_context_with_each_answer)
{
    Sequences s =
        encode_one((Example){.text = (const char *[]){"a b", "c", "d e", "f"}, .n_texts = 4},
                   DATASET_MULTIPLE_CHOICE, 9);
    cr_expect_eq(s.n_sequences, 3);
    cr_expect_str_eq(shown(&s, 0), "<ab|c>");
    cr_expect_str_eq(shown(&s, 1), "<ab|de>");
    cr_expect_str_eq(shown(&s, 2), "<ab|f>");
}

Test(sequences, multiple_choice_may_have_any_number_of_answers)
{
    enum { ANSWERS = 40 };
    const char *text[1 + ANSWERS] = {"a b"};
    for (int k = 0; k < ANSWERS; k++) text[1 + k] = k % 2 ? "c" : "d e";
    Sequences s = encode_one((Example){.text = text, .n_texts = 1 + ANSWERS, .label = ANSWERS - 1},
                             DATASET_MULTIPLE_CHOICE, 9);
    cr_expect_eq(s.n_sequences, ANSWERS);
    cr_expect_eq(s.truth[0], ANSWERS - 1);
    cr_expect_str_eq(shown(&s, ANSWERS - 2), "<ab|de>");
    cr_expect_str_eq(shown(&s, ANSWERS - 1), "<ab|c>");
}

Test(sequences, examples_own_consecutive_sequences_with_labels_and_ids)
{
    const Example examples[] = {
        {.id = "first", .text = (const char *[]){"a", "b", "c"}, .n_texts = 3, .label = 1},
        {.id = "second", .text = (const char *[]){"d", "e", "f", "g"}, .n_texts = 4, .label = 2},
    };
    Sequences s = encode(examples, 2, DATASET_MULTIPLE_CHOICE, 9);
    const int first[] = {0, 2, 5};
    cr_expect_arr_eq(s.first, first, sizeof first);
    cr_expect_eq(s.n_sequences, 5);
    cr_expect_eq(s.truth[0], 1);
    cr_expect_eq(s.truth[1], 2);
    cr_expect_str_eq(s.id[1], "second");
    cr_expect_str_eq(shown(&s, 4), "<d|g>");
    cr_expect_eq(s.longest, 5);
    cr_expect_eq(s.n_truncated, 0);
}

Test(sequences, truncation_takes_the_last_tokens_of_the_longest_field)
{
    Example example = {.text = (const char *[]){"a b c d e f", "x y"}, .n_texts = 2};
    Sequences s = encode_one(example, DATASET_ENTAILMENT, 8);
    cr_expect_str_eq(shown(&s, 0), "<abc|xy>");
    cr_expect_eq(s.n_truncated, 1);
    cr_expect_eq(s.longest, 8);
    example = (Example){.text = (const char *[]){"a b", "u v w x y z"}, .n_texts = 2};
    s = encode_one(example, DATASET_ENTAILMENT, 8);
    cr_expect_str_eq(shown(&s, 0), "<ab|uvw>");
}

Test(sequences, truncation_leaves_the_question_at_the_end_of_a_passage)
{
    Sequences s =
        encode_one((Example){.text = (const char *[]){"a b c d e q", "x", "u v w"}, .n_texts = 3},
                   DATASET_MULTIPLE_CHOICE, 7);
    cr_expect_str_eq(shown(&s, 0), "<deq|x>");
    cr_expect_str_eq(shown(&s, 1), "<eq|uv>");
}

Test(sequences, truncation_of_equal_fields_leaves_them_within_one_token)
{
    Sequences s =
        encode_one((Example){.text = (const char *[]){"a b c d e", "v w x y z"}, .n_texts = 2},
                   DATASET_ENTAILMENT, 8);
    cr_expect_str_eq(shown(&s, 0), "<ab|vwx>");
}

Test(sequences, both_orders_of_a_truncated_pair_keep_the_same_words)
{
    Sequences s =
        encode_one((Example){.text = (const char *[]){"a b c d e", "v w x y z"}, .n_texts = 2},
                   DATASET_SIMILARITY, 8);
    cr_expect_str_eq(shown(&s, 0), "<ab|vwx>");
    cr_expect_str_eq(shown(&s, 1), "<vwx|ab>");
    cr_expect_eq(s.n_truncated, 2);
}

Test(sequences, a_text_that_fits_exactly_is_whole)
{
    Sequences s = encode_one((Example){.text = (const char *[]){"a b c d"}, .n_texts = 1},
                             DATASET_CLASSIFICATION, 6);
    cr_expect_str_eq(shown(&s, 0), "<abcd>");
    cr_expect_eq(s.n_truncated, 0);
}

Test(sequences, an_empty_text_leaves_the_special_tokens)
{
    Sequences s = encode_one((Example){.text = (const char *[]){""}, .n_texts = 1},
                             DATASET_CLASSIFICATION, 6);
    cr_expect_str_eq(shown(&s, 0), "<>");
}

Test(sequences, a_context_without_room_for_text_is_an_error)
{
    Example example = {.text = (const char *[]){"a", "b"}, .n_texts = 2};
    Examples all = {1, &example};
    Sequences s;
    cr_expect_not(
        sequences_encode(&s, &all, DATASET_ENTAILMENT, tokenizer, &special, 3, arena, &err));
    cr_expect_eq(err.kind, ERROR_USAGE);
    cr_expect_str_eq(err.text,
                     "a context of 3 tokens has no room for text beside 3 special tokens\n"
                     "  try: a larger model.n_context");
}

/* --- framed ----------------------------------------------------------------------------------------- */

static void frame(void)
{
    special =
        special_tokens((TextTokens){.n = tokenizer_n_tokens(tokenizer)}, 1, SPECIAL_TOKENS_FRAME);
}

Test(sequences, framed_ones_end_in_a_delimiter_and_say_where_the_second_text_begins)
{
    frame();
    Sequences s = encode_one((Example){.text = (const char *[]){"a b", "c"}, .n_texts = 2},
                             DATASET_ENTAILMENT, 9);
    cr_expect_eq(s.n_sequences, 1);
    cr_expect_str_eq(shown(&s, 0), "<ab|c|");
    cr_expect_eq(s.second[0], 4, "behind the delimiter");
}

Test(sequences, a_framed_single_text_has_no_second)
{
    frame();
    Sequences s = encode_one((Example){.text = (const char *[]){"a b c"}, .n_texts = 1},
                             DATASET_CLASSIFICATION, 9);
    cr_expect_str_eq(shown(&s, 0), "<abc|");
    cr_expect_eq(s.second[0], 5, "its length");
}

Test(sequences, framed_texts_in_no_order_run_in_one)
{
    static const DatasetForm forms[] = {DATASET_SIMILARITY, DATASET_REGRESSION};
    frame();
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        Sequences s =
            encode_one((Example){.text = (const char *[]){"a b", "c"}, .n_texts = 2}, forms[i], 9);
        cr_expect_eq(s.n_sequences, 1);
        cr_expect_eq(s.first[1], 1);
        cr_expect_str_eq(shown(&s, 0), "<ab|c|");
    }
}

Test(sequences, framed_answers_are_each_a_second_text)
{
    frame();
    Sequences s = encode_one((Example){.text = (const char *[]){"a b", "c", "d e"}, .n_texts = 3},
                             DATASET_MULTIPLE_CHOICE, 6);
    cr_expect_eq(s.n_sequences, 2);
    cr_expect_str_eq(shown(&s, 0), "<ab|c|");
    cr_expect_str_eq(shown(&s, 1), "<b|de|", "cut at the beginning of the context");
    cr_expect_eq(s.second[0], 4);
    cr_expect_eq(s.second[1], 3);
}
