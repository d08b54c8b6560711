/* Recall: the answers once more from the latent events, and what must not give them away. */
#include <criterion/criterion.h>
#include <ctype.h>
#include <string.h>

#include "data/storyworld/storyworld_lexicon.h"
#include "storyworld_truth.h"

enum { ROWS = 1200, CONTEXT = 64, SPECIAL_TOKENS = 3 };
static StoryworldRow row, other; /* large; each test fills them anew */

static void make(StoryworldRow *into, int distance, DatasetSplit split, uint64_t number)
{
    const StoryworldSpec spec = {.part = STORYWORLD_RECALL, .seed = 7, .distance = distance};
    storyworld_tasks_row(into, &spec, split, number);
}

static const char *right(void)
{
    return row.text[1 + row.label];
}
static const char *wrong(void)
{
    return row.text[2 - row.label];
}

/* The word that an answer comes down to: the first thing. */
static const char *noun_of(const Story *story)
{
    return storyworld_lexicon_objects[story->object[0].noun].noun;
}

/* Where the whole word, or several, stand in the text; NULL: nowhere. */
static const char *find(const char *text, const char *what)
{
    for (const char *at = text; (at = strstr(at, what)); at++)
        if ((at == text || at[-1] == ' ') && !isalpha((unsigned char)at[strlen(what)])) return at;
    return NULL;
}

/* Words and marks: what a tokenizer that knows the words makes of them. */
static int count_tokens(const char *text)
{
    int n = 0;
    bool inside = false;
    for (; *text; text++) {
        bool letter = isalpha((unsigned char)*text);
        n += (letter && !inside) || (!letter && *text != ' ');
        inside = letter;
    }
    return n;
}

Test(storyworld_recall, the_right_answer_is_so_and_the_wrong_one_is_of_others)
{
    for (uint64_t i = 0; i < ROWS; i++) {
        make(&row, 1 + (int)(i % 6), (DatasetSplit)(i % 3), i);
        const StoryEvent *claim = &row.claim[0];
        cr_assert_eq(storyworld_truth_of(&row.story, claim), TRUTH_SO, "%s", row.text[0]);
        cr_assert(strstr(right(), noun_of(&row.story)), "%s | %s", row.text[0], right());
        cr_assert(strstr(wrong(), noun_of(&row.others)), "%s | %s", row.text[0], wrong());
    }
}

/* Everything that is told of the others concerns none of the question's people and things. */
Test(storyworld_recall, the_others_are_others)
{
    for (uint64_t i = 0; i < ROWS; i++) {
        make(&row, 1 + (int)(i % 6), (DatasetSplit)(i % 3), i);
        for (int a = 0; a < STORY_PEOPLE; a++)
            for (int b = 0; b < STORY_PEOPLE; b++)
                cr_assert_neq(row.story.person[a].name, row.others.person[b].name);
        for (int a = 0; a < STORY_OBJECTS; a++)
            for (int b = 0; b < STORY_OBJECTS; b++)
                cr_assert_neq(row.story.object[a].noun, row.others.object[b].noun);
    }
}

/* Between the right answer's sentence and the question. */
static int count_sentences_between(void)
{
    const char *fact = find(row.text[0], noun_of(&row.story));
    int n = -1;
    for (; *fact; fact++) n += *fact == '.';
    return n;
}

Test(storyworld_recall, so_many_sentences_stand_between_the_fact_and_the_question)
{
    for (int distance = 1; distance <= STORYWORLD_MOST_DISTANCE; distance++)
        for (uint64_t i = 0; i < 300; i++) {
            make(&row, distance, SPLIT_TEST, i);
            cr_assert_eq(count_sentences_between(), distance, "%s", row.text[0]);
        }
}

Test(storyworld_recall, training_rows_have_all_of_the_smaller_distances)
{
    int rows[STORYWORLD_MOST_DISTANCE + 1] = {0};
    for (uint64_t i = 0; i < 400; i++) {
        make(&row, 1, SPLIT_TRAIN, i);
        rows[count_sentences_between()]++;
    }
    int n = 0;
    for (int distance = 1; distance <= STORYWORLD_TRAIN_DISTANCE; distance++) {
        cr_assert_geq(rows[distance], 70);
        n += rows[distance];
    }
    cr_assert_eq(n, 400);
}

Test(storyworld_recall, training_rows_are_the_same_for_every_distance)
{
    for (uint64_t i = 0; i < 100; i++) {
        make(&row, 1, SPLIT_TRAIN, i);
        make(&other, STORYWORLD_MOST_DISTANCE, SPLIT_TRAIN, i);
        for (int k = 0; k < 3; k++) cr_assert_str_eq(row.text[k], other.text[k]);
    }
}

Test(storyworld_recall, both_answers_stand_in_the_text_once_and_either_comes_first_as_often)
{
    int wrong_first = 0;
    for (uint64_t i = 0; i < ROWS; i++) {
        make(&row, 3, SPLIT_TRAIN, i);
        const char *answers[2] = {noun_of(&row.story), noun_of(&row.others)};
        const char *at[2] = {find(row.text[0], answers[0]), find(row.text[0], answers[1])};
        for (int k = 0; k < 2; k++)
            cr_assert(at[k] && !find(at[k] + 1, answers[k]), "%s | %s", row.text[0], answers[k]);
        wrong_first += at[1] < at[0];
    }
    cr_assert_eq(wrong_first, ROWS / 2);
}

Test(storyworld_recall, a_row_asks_the_same_at_every_distance)
{
    for (uint64_t i = 0; i < 300; i++) {
        make(&row, 1, SPLIT_TEST, i);
        make(&other, STORYWORLD_MOST_DISTANCE, SPLIT_TEST, i);
        cr_assert_eq(row.label, other.label);
        for (int k = 1; k < 3; k++) cr_assert_str_eq(row.text[k], other.text[k]);
        cr_assert_str_eq(strrchr(row.text[0], '.'), strrchr(other.text[0], '.'));
    }
}

Test(storyworld_recall, the_longest_rows_fit_a_context_of_64_tokens)
{
    for (uint64_t i = 0; i < ROWS; i++) {
        make(&row, STORYWORLD_MOST_DISTANCE, (DatasetSplit)(i % 3), i);
        for (int k = 1; k < 3; k++)
            cr_assert_leq(count_tokens(row.text[0]) + count_tokens(row.text[k]),
                          CONTEXT - SPECIAL_TOKENS, "%s", row.text[0]);
    }
}
