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
    return strcmp(row.facet[0], "behind") == 0;
}

static bool is_of_story(void)
{
    return strcmp(row.facet[1], "name") == 0 || strcmp(row.facet[1], "thing") == 0;
}

Test(storyworld_cloze, what_fills_the_gap_is_so_by_the_story)
{
    for (uint64_t i = 0; i < ROWS; i++) {
        make((DatasetSplit)(i % 3), i);
        if (!is_of_story()) continue;
        const StoryEvent *claim = &row.claim[0];
        const char *name = storyworld_lexicon_names[row.story.person[claim->a].name].name;
        const char *noun = storyworld_lexicon_objects[row.story.object[claim->o].noun].noun;
        cr_assert_eq(storyworld_truth_of(&row.story, claim), TRUTH_SO);
        cr_assert_str_eq(right(), strcmp(row.facet[1], "name") == 0 ? name : noun);
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
        if (!is_of_story()) continue;
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

/* How the lexicon speaks of a place; NULL: of none so. */
static const char *place_in(const char *preposition, const char *noun)
{
    char wanted[64];
    snprintf(wanted, sizeof wanted, "%s the %s", preposition, noun);
    for (int p = 0; p < LEXICON_PLACES; p++)
        if (strcmp(storyworld_lexicon_places[p].in, wanted) == 0)
            return storyworld_lexicon_places[p].in;
    return NULL;
}

/* The words on either side of the gap: "on" of "on the", or "hill" of "the hill." */
static void find_partner(char partner[64])
{
    if (is_behind()) {
        cr_assert_eq(sscanf(row.text[1], "the %63[a-z].", partner), 1, "%s", row.text[1]);
        return;
    }
    const char *at = strstr(row.text[0], " the");
    while (strstr(at + 1, " the")) at = strstr(at + 1, " the");
    cr_assert_str_eq(at, " the", "%s", row.text[0]);
    const char *begin = at;
    while (begin[-1] != ' ') begin--;
    snprintf(partner, 64, "%.*s", (int)(at - begin), begin);
}

Test(storyworld_cloze, of_a_place_and_its_preposition_the_right_one_goes_with_the_other)
{
    int n = 0;
    for (uint64_t i = 0; i < ROWS; i++) {
        make((DatasetSplit)(i % 3), i);
        if (is_of_story()) continue;
        char partner[64];
        find_partner(partner);
        const bool behind = is_behind();
        cr_expect_str_eq(row.facet[1], behind ? "preposition" : "place");
        const char *in = behind ? place_in(right(), partner) : place_in(partner, right());
        cr_expect(in, "%s | %s | %s", row.text[0], right(), row.text[1]);
        cr_expect_str_eq(in, storyworld_lexicon_places[row.others.place[row.claim[0].p]].in);
        cr_expect_null(behind ? place_in(wrong(), partner) : place_in(partner, wrong()));
        n++;
    }
    cr_expect_gt(n, ROWS / 3);
}

/* Places and prepositions twice, because the side says which it is. */
Test(storyworld_cloze, every_run_of_sixteen_rows_has_each_kind_as_often)
{
    static const char *const gaps[] = {"name", "thing", "place", "preposition"};
    for (uint64_t run = 0; run < 50; run++) {
        int seen[4][2][2] = {0};
        for (uint64_t i = 0; i < 16; i++) {
            make(SPLIT_TEST, 16 * run + i);
            int gap = 0;
            while (strcmp(row.facet[1], gaps[gap]) != 0) gap++;
            seen[gap][is_behind()][row.label]++;
        }
        for (int label = 0; label < 2; label++) {
            for (int side = 0; side < 2; side++)
                cr_assert(seen[0][side][label] == 1 && seen[1][side][label] == 1);
            cr_assert(seen[2][0][label] == 2 && seen[3][1][label] == 2);
        }
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
