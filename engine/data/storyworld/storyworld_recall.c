#include "data/storyworld/storyworld_recall.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include "data/storyworld/storyworld_lexicon.h"

/* Words of a sentence: with a question and an answer of ten tokens and three special ones, a row of
 * distance 6 stays within a context of 64 tokens. */
enum { FACT_WORDS = 8, OTHER_WORDS = 5 };

/* People, things and places. Of the story: whose thing it is. Of the others: what only the wrong answer
 * names, and what else there is. */
enum {
    NO = NOBODY,
    HOLDER = STORYWORLD_RECALL_HOLDER,
    THING = STORYWORLD_RECALL_THING,
    RIVAL_THING = STORYWORLD_RECALL_THING,
    OTHER_THING = 1
};

/* The fact, the question, and what completes it. Facts say "his" or "her": a small model learns from a few
 * thousand rows who has what when something near the thing says so, and not when only the verb does. */
static const char *const facts[] = {"A loved his:A np:O", "A was very fond of his:A np:O",
                                    "(inedible) A took good care of his:A np:O",
                                    "(thing) A never went out without his:A np:O", NULL};
static const char *const cues[] = {"now name:A had the", "it was name:A who had the",
                                   "name:A was the one who had the", "name:A had the", NULL};
static const char answer[] = "np:O.";

/* --- who and what ---------------------------------------------------------------------------------- */

static bool share_a_name(const Story *one, const Story *two)
{
    for (int i = 0; i < STORY_PEOPLE; i++)
        for (int k = 0; k < STORY_PEOPLE; k++)
            if (one->person[i].name == two->person[k].name) return true;
    return false;
}

static bool share_a_noun(const Story *one, const Story *two)
{
    for (int i = 0; i < STORY_OBJECTS; i++)
        for (int k = 0; k < STORY_OBJECTS; k++)
            if (one->object[i].noun == two->object[k].noun) return true;
    return false;
}

/* Whether the people of one and the things of the other are as the split wants them, too. */
static bool pairs_are(const Story *one, const Story *two, bool held_out)
{
    for (int i = 0; i < STORY_PEOPLE; i++)
        for (int k = 0; k < STORY_OBJECTS; k++)
            if (storyworld_state_held_out(one->person[i].name, two->object[k].noun) != held_out)
                return false;
    return true;
}

/* "A pair of boots" makes sentences too long. */
static bool has_pairs(const Story *story)
{
    for (int i = 0; i < STORY_OBJECTS; i++)
        if (storyworld_lexicon_objects[story->object[i].noun].plural) return true;
    return false;
}

static StoryEvent event_of(StoryEventKind kind, int a)
{
    return (StoryEvent){
        .kind = kind, .a = (int8_t)a, .b = NO, .o = NO, .q = NO, .p = NO, .owner = NO, .again = NO};
}

static StoryEvent thing_event(StoryEventKind kind, int a, int thing)
{
    StoryEvent event = event_of(kind, a);
    event.o = (int8_t)thing;
    return event;
}

void storyworld_recall_begin(StoryworldRow *row, StoryDraws *draws, bool held_out)
{
    static const StoryCasting anything = {0};
    do storyworld_state_cast(&row->story, draws, &anything, held_out);
    while (has_pairs(&row->story));
    do storyworld_state_cast(&row->others, draws, &anything, held_out);
    while (has_pairs(&row->others) || share_a_name(&row->story, &row->others) ||
           share_a_noun(&row->story, &row->others) ||
           !pairs_are(&row->story, &row->others, held_out) ||
           !pairs_are(&row->others, &row->story, held_out));
    storyworld_state_happen(&row->story, thing_event(EVENT_HAS, HOLDER, THING));
}

/* --- what happens -------------------------------------------------------------------------------- */

/* Somebody goes somewhere, is somewhere, wants something or misses the other one. */
static StoryEvent other_event(StoryEventKind kind, int a)
{
    if (kind == EVENT_WANTS) return thing_event(kind, a, OTHER_THING);
    StoryEvent event = event_of(kind, a);
    if (kind == EVENT_MISSES) event.b = (int8_t)(1 - a);
    else event.p = kind == EVENT_GOES; /* nobody goes where they are */
    return event;
}

static bool was_told(const Story *others, StoryEventKind kind, int a)
{
    for (int i = 0; i < others->n_events; i++)
        if (others->event[i].kind == kind && others->event[i].a == a) return true;
    return false;
}

void storyworld_recall_others(StoryworldRow *row, StoryDraws *draws, int rival, int n)
{
    Story *others = &row->others;
    static const StoryEventKind kinds[] = {EVENT_GOES, EVENT_IS_AT, EVENT_WANTS, EVENT_MISSES};
    enum { N_KINDS = sizeof kinds / sizeof kinds[0] };
    assert(n <= 2 * N_KINDS - 1);
    int first = storyworld_draw_below(draws, 2), rival_person = (first + rival) % 2;
    for (int i = 0; i < n; i++) {
        int a = (first + i) % 2;
        if (i == rival) {
            storyworld_state_happen(others, thing_event(EVENT_WANTS, a, RIVAL_THING));
            continue;
        }
        StoryEventKind kind;
        do kind = kinds[storyworld_draw_below(draws, N_KINDS)];
        while (was_told(others, kind, a) || (a == rival_person && kind == EVENT_WANTS));
        storyworld_state_happen(others, other_event(kind, a));
    }
}

/* --- what is told -------------------------------------------------------------------------------- */

/* "Anna's" is two. */
static int count_words(const char *text)
{
    int words = text[0] != '\0';
    for (; *text; text++) words += *text == ' ' || *text == '\'';
    return words;
}

/* Appends a sentence of at most so many words. */
static void tell(char text[STORY_TEXT_BYTES], StoryDraws *draws, const Story *story,
                 const StoryEvent *event, const char *const *phrases, int most_words)
{
    StoryWriter w;
    do {
        storyworld_clause_begin(&w, story, draws, true);
        storyworld_clause_fill(&w, event,
                               storyworld_clause_choose(&w, event, phrases, false, NULL));
        storyworld_clause_close(&w, ".");
    } while (count_words(w.text) > most_words);
    size_t size = strlen(text);
    snprintf(text + size, STORY_TEXT_BYTES - size, "%s%s", size > 0 ? " " : "", w.text);
}

void storyworld_recall_tell(char text[STORY_TEXT_BYTES], const StoryworldRow *row,
                            StoryDraws *draws)
{
    tell(text, draws, &row->story, &row->story.event[0], facts, FACT_WORDS);
}

void storyworld_recall_tell_others(char text[STORY_TEXT_BYTES], const StoryworldRow *row,
                                   StoryDraws *draws, int begin, int end)
{
    for (int i = begin; i < end; i++) {
        const StoryEvent *event = &row->others.event[i];
        tell(text, draws, &row->others, event, storyworld_phrases[event->kind].clauses,
             OTHER_WORDS);
    }
}

void storyworld_recall_phrase(char text[STORY_TEXT_BYTES], StoryDraws *draws, const Story *story,
                              const StoryEvent *event, const char *phrase, bool capital)
{
    StoryWriter w;
    storyworld_clause_begin(&w, story, draws, true);
    w.capital = capital;
    storyworld_clause_fill(&w, event, phrase);
    size_t size = strlen(text);
    snprintf(text + size, STORY_TEXT_BYTES - size, "%s%s", size > 0 ? " " : "", w.text);
}

static const char *choose_phrase(const char *const *phrases, StoryDraws *draws)
{
    int n = 0;
    while (phrases[n]) n++;
    return phrases[storyworld_draw_below(draws, n)];
}

void storyworld_recall_write(StoryworldRow *row, StoryDraws *draws, bool held_out, int distance,
                             bool wrong_first)
{
    const char *cue = choose_phrase(cues, draws);
    storyworld_recall_begin(row, draws, held_out);
    const Story *story = &row->story;
    int n = distance + wrong_first;
    storyworld_recall_others(row, draws, wrong_first ? 0 : storyworld_draw_below(draws, distance),
                             n);

    storyworld_recall_tell_others(row->text[0], row, draws, 0, wrong_first);
    storyworld_recall_tell(row->text[0], row, draws);
    storyworld_recall_tell_others(row->text[0], row, draws, wrong_first, n);

    const StoryEvent right = thing_event(EVENT_OWNER, HOLDER, THING),
                     wrong = thing_event(EVENT_OWNER, HOLDER, RIVAL_THING);
    storyworld_recall_phrase(row->text[0], draws, story, &right, cue, true);
    storyworld_recall_phrase(row->text[1 + row->label], draws, story, &right, answer, false);
    storyworld_recall_phrase(row->text[2 - row->label], draws, &row->others, &wrong, answer, false);
    row->claim[0] = right;
    row->n_texts = 3;
}
