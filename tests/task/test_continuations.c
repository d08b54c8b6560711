/* Texts whose likelihood decides, with a tokenizer that has one token a letter. */
#include <criterion/criterion.h>
#include <string.h>

#include "letters_rig.h"
#include "task/continuations.h"

static Error err;
static Arena *arena;
static Tokenizer *tokenizer;

static void begin(void)
{
    tokenizer = letters_rig_begin(&arena);
}

static void end(void)
{
    letters_rig_end(arena);
}
TestSuite(continuations, .init = begin, .fini = end);

static Continuations encode(Example example, DatasetInfo info, int n_context)
{
    Continuations continuations;
    Examples all = {1, &example};
    cr_assert(
        continuations_encode(&continuations, &all, &info, tokenizer, n_context + 1, arena, &err),
        "%s", err.text);
    return continuations;
}

/* Text q: the letters, / for a newline, | before what is scored, and behind it where the text goes on. */
static const char *shown(const Continuations *set, int q)
{
    Buffer text = buffer_create(arena);
    for (int i = 0; i < set->start[q + 1] - set->start[q]; i++) {
        const char *token = tokenizer_token(tokenizer, set->token[set->start[q] + i]);
        const bool ends = set->until && i == set->until[q];
        const char *bar = i == set->from[q] || ends ? "|" : "";
        cr_assert(buffer_format(&text, &err, "%s%c", bar, *token == '\n' ? '/' : *token));
    }
    return text.data;
}

Test(continuations, a_sentence_is_scored_behind_a_newline)
{
    DatasetInfo info = {.n_labels = 2, .zero_shot = {.heuristic = HEURISTIC_ACCEPTABILITY}};
    Continuations set =
        encode((Example){.text = (const char *[]){"a b c"}, .n_texts = 1, .label = 1}, info, 10);
    cr_assert_eq(set.n_texts, 1);
    cr_expect_str_eq(shown(&set, 0), "/|abc");
    cr_expect_eq(set.truth[0], 1);
}

Test(continuations, each_label_has_its_word_behind_the_suffix)
{
    static const char *const words[] = {"n", "p q"};
    DatasetInfo info = {.n_labels = 2,
                        .zero_shot = {HEURISTIC_WORDS, .suffix = "v", .words = words}};
    Continuations set = encode((Example){.text = (const char *[]){"a b"}, .n_texts = 1}, info, 10);
    cr_assert_eq(set.n_texts, 2);
    cr_expect_str_eq(shown(&set, 0), "/abv|n");
    cr_expect_str_eq(shown(&set, 1), "/abv|pq");
}

Test(continuations, each_answer_follows_the_context)
{
    DatasetInfo info = {.zero_shot = {.heuristic = HEURISTIC_CHOICE}};
    Continuations set = encode(
        (Example){.text = (const char *[]){"a b", "x", "y z"}, .n_texts = 3, .label = 1}, info, 10);
    cr_assert_eq(set.first[1], 2);
    cr_expect_str_eq(shown(&set, 0), "/ab|x");
    cr_expect_str_eq(shown(&set, 1), "/ab|yz");
}

Test(continuations, each_referent_takes_the_place_of_the_pronoun)
{
    DatasetInfo info = {.zero_shot = {.heuristic = HEURISTIC_WINOGRAD}};
    Continuations set = encode(
        (Example){.text = (const char *[]){"a b", "c d", "x", "y z"}, .n_texts = 4, .label = 0},
        info, 10);
    cr_assert_eq(set.n_texts, 2);
    cr_expect_str_eq(shown(&set, 0), "/abx|cd");
    cr_expect_str_eq(shown(&set, 1), "/abyz|cd");
}

Test(continuations, the_last_word_is_right_when_it_is_found)
{
    DatasetInfo info = {.zero_shot = {.heuristic = HEURISTIC_LAST_WORD}};
    Continuations set = encode(
        (Example){.text = (const char *[]){"a b", "z"}, .n_texts = 2, .label = -1}, info, 10);
    cr_expect_str_eq(shown(&set, 0), "/ab|z");
    cr_expect_eq(set.truth[0], 1);
}

Test(continuations, what_is_longer_than_the_context_keeps_its_end)
{
    DatasetInfo info = {.zero_shot = {.heuristic = HEURISTIC_CHOICE}};
    Example example = {.text = (const char *[]){"a b c d", "x", "t u v w x y"}, .n_texts = 3};
    Continuations set = encode(example, info, 4);
    cr_expect_str_eq(shown(&set, 0), "abcd|x");
    cr_expect_str_eq(shown(&set, 1), "u|vwxy", "the first that is left has nothing before it");
    cr_expect_eq(set.n_cut, 2);
    set = encode(example, info, 10);
    cr_expect_eq(set.n_cut, 0);
}

Test(continuations, both_sentences_of_a_pair_are_scored_as_wholes)
{
    DatasetInfo info = {.zero_shot = {.heuristic = HEURISTIC_MINIMAL_PAIRS}};
    Continuations set = encode(
        (Example){.text = (const char *[]){"a b", "b a c"}, .n_texts = 2, .label = -1}, info, 10);
    cr_assert_eq(set.n_texts, 2);
    cr_expect_str_eq(shown(&set, 0), "/|ab");
    cr_expect_str_eq(shown(&set, 1), "/|bac");
    cr_expect_eq(set.truth[0], 1);
    cr_expect(continuations_are_whole(HEURISTIC_MINIMAL_PAIRS));
    cr_expect_not(continuations_are_whole(HEURISTIC_CHOICE));
}

/* --- gaps --------------------------------------------------------------------------------------- */

static const DatasetInfo gap = {.zero_shot = {.heuristic = HEURISTIC_CLOZE}};

Test(continuations, each_candidate_stands_in_the_gap_and_alone_is_scored)
{
    Continuations set = encode(
        (Example){.text = (const char *[]){"a b", "c d", "x", "y z"}, .n_texts = 4, .label = 1},
        gap, 10);
    cr_assert_eq(set.n_texts, 2);
    cr_expect_str_eq(shown(&set, 0), "/ab|x|cd");
    cr_expect_str_eq(shown(&set, 1), "/ab|yz|cd");
    cr_expect_eq(set.truth[0], 1);
    cr_expect_not(continuations_are_whole(HEURISTIC_CLOZE));
}

static void expect_cut(const char *before, const char *behind, const char *wanted)
{
    Example example = {.text = (const char *[]){before, behind, "x", "y"}, .n_texts = 4};
    Continuations set = encode(example, gap, 5); /* six tokens */
    cr_expect_str_eq(shown(&set, 0), wanted);
    cr_expect_eq(set.n_cut, 2);
}

Test(continuations, what_is_longer_than_the_context_keeps_what_stands_around_the_gap)
{
    expect_cut("a b c d e f", "g h i j k", "ef|x|ghi");
    expect_cut("a b c d e f g h", "i", "efgh|x|i");
    expect_cut("a", "b c d e f g h", "/a|x|bcd");
}

Test(continuations, a_candidate_that_fills_the_context_keeps_its_end_and_what_follows)
{
    Example example = {.text = (const char *[]){"a", "b c", "s t u v w x y", "z"}, .n_texts = 4};
    cr_expect_str_eq(shown(&(Continuations[]){encode(example, gap, 5)}[0], 0), "v|wxy|bc",
                     "the first that is left has nothing before it");
}
