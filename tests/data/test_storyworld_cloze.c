/* Cloze: the answers once more from the latent events, and what must not give them away. */
#include <criterion/criterion.h>
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "data/storyworld/storyworld_lexicon.h"
#include "storyworld_truth.h"

enum { ROWS = 1200, CONTEXT = 64 };
static StoryworldRow row; /* large; each test fills it anew */

static void make(DatasetSplit split, uint64_t number)
{
    storyworld_truth_row(&row, STORYWORLD_CLOZE, 7, split, number);
    cr_assert_eq(row.n_texts, 4);
}

static const char *right(void)
{
    return row.text[2 + row.label];
}
static const char *wrong(void)
{
    return row.text[3 - row.label];
}

static int count(const char *text, const char *word)
{
    int n = 0;
    for (const char *at = text; (at = strstr(at, word)); at++)
        n += (at == text || !isalpha((unsigned char)at[-1])) &&
             !isalpha((unsigned char)at[strlen(word)]);
    return n;
}

static bool is_behind(void)
{
    return strcmp(row.facet, "behind") == 0;
}

Test(storyworld_cloze, what_fills_the_gap_is_so_by_the_story)
{
    for (uint64_t i = 0; i < ROWS; i++) {
        make((DatasetSplit)(i % 3), i);
        const StoryEvent *claim = &row.claim[0];
        const char *name = storyworld_lexicon_names[row.story.person[claim->a].name].name;
        const char *noun = storyworld_lexicon_objects[row.story.object[claim->o].noun].noun;
        cr_assert_eq(storyworld_truth_of(&row.story, claim), TRUTH_SO);
        const bool of_name = strcmp(right(), name) == 0;
        cr_assert(of_name || strcmp(right(), noun) == 0, "%s", right());
        char filled[3 * STORY_TEXT_BYTES];
        snprintf(filled, sizeof filled, "%s %s %s", row.text[0], right(), row.text[1]);
        cr_assert_eq(count(filled, name), 2, "%s", filled);
        cr_assert_eq(count(filled, noun), 2, "%s", filled);
    }
}

Test(storyworld_cloze, each_word_is_told_once_on_a_side_of_its_own)
{
    for (uint64_t i = 0; i < ROWS; i++) {
        make((DatasetSplit)(i % 3), i);
        const char *with_right = row.text[is_behind()], *with_wrong = row.text[!is_behind()];
        cr_assert_eq(count(with_right, right()), 1, "%s | %s", row.text[0], row.text[1]);
        cr_assert_eq(count(with_wrong, right()), 0, "%s | %s", row.text[0], row.text[1]);
        cr_assert_eq(count(with_wrong, wrong()), 1, "%s | %s", row.text[0], row.text[1]);
        cr_assert_eq(count(with_right, wrong()), 0, "%s | %s", row.text[0], row.text[1]);
    }
}

/* A sentence before that of the gap and one behind it. */
Test(storyworld_cloze, the_gap_is_in_the_middle_sentence)
{
    for (uint64_t i = 0; i < ROWS; i++) {
        make(SPLIT_TEST, i);
        int n[2] = {0};
        for (int k = 0; k < 2; k++)
            for (const char *at = row.text[k]; *at; at++) n[k] += *at == '.';
        cr_assert_eq(n[0], 1, "%s", row.text[0]);
        cr_assert_eq(n[1], 2, "%s", row.text[1]);
        cr_assert_leq(strlen(row.text[0]) + strlen(row.text[1]) + strlen(right()), 3 * CONTEXT);
    }
}

/* Wherever the right word stands and whatever it is of. */
Test(storyworld_cloze, every_run_of_eight_rows_has_each_kind_once)
{
    for (uint64_t run = 0; run < 100; run++) {
        unsigned seen = 0;
        for (uint64_t i = 0; i < 8; i++) {
            make(SPLIT_TEST, 8 * run + i);
            const unsigned kind = (unsigned)row.label + 2u * is_behind() +
                                  4u * (isupper((unsigned char)right()[0]) != 0);
            seen |= 1u << kind;
        }
        cr_assert_eq(seen, 0xFF);
    }
}

Test(storyworld_cloze, only_test_and_validation_rows_pair_what_is_held_out)
{
    for (uint64_t i = 0; i < ROWS; i++) {
        const DatasetSplit split = (DatasetSplit)(i % 3);
        make(split, i);
        for (int a = 0; a < STORY_PEOPLE; a++)
            for (int o = 0; o < STORY_OBJECTS; o++) {
                cr_assert_eq(
                    storyworld_state_held_out(row.story.person[a].name, row.others.object[o].noun),
                    split != SPLIT_TRAIN);
                cr_assert_eq(
                    storyworld_state_held_out(row.others.person[a].name, row.story.object[o].noun),
                    split != SPLIT_TRAIN);
            }
    }
}
