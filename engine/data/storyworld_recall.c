#include "data/storyworld_recall.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include "data/storyworld_lexicon.h"

/* Words of a sentence: with a question and an answer of ten tokens and three special ones, a row of
 * distance 6 stays within a context of 64 tokens. */
enum { FACT_WORDS = 8, OTHER_WORDS = 5 };

/* People, things and places. Of the story: whose thing it is, and where. Of the others: what only the wrong
 * answer names, and what else there is. */
enum { NO = NOBODY, HOLDER = 0, THING = 0, SPOT = 0 };
enum { RIVAL_THING = 0, RIVAL_PLACE = 0, OTHER_THING = 1, OTHER_PLACE = 1 };

typedef struct Question {
    StoryEventKind fact[2], rival[2]; /* what gives the right and the wrong answer */
    bool owned;                       /* the thing is the holder's: "her red kite" */
    StoryEventKind claim;
    const char *const *cues; /* phrases (storyworld_phrases.h) that the answer completes */
    const char *answer;
} Question;

static const char *const where[] = {"the:O was:O still", "the:O stayed", "one could see the:O",
                                    "the:O was:O", NULL};
static const char *const what[] = {"now name:A had the", "it was name:A who had the",
                                   "name:A was the one who had the", "name:A had the", NULL};

static const Question questions[] = {
    {.fact = {EVENT_LOSES, EVENT_PUTS},
     .rival = {EVENT_GOES, EVENT_IS_AT},
     .owned = true,
     .claim = EVENT_OBJECT_PLACE,
     .cues = where,
     .answer = "in:P."},
    {.fact = {EVENT_HAS, EVENT_MAKES},
     .rival = {EVENT_WANTS, EVENT_WANTS},
     .claim = EVENT_OWNER,
     .cues = what,
     .answer = "np:O."},
};
enum { N_QUESTIONS = sizeof questions / sizeof questions[0] };

/* --- who and what ---------------------------------------------------------------------------------- */

static bool share_a_name(const Story *one, const Story *two)
{
    for (int i = 0; i < STORY_PEOPLE; i++)
        for (int k = 0; k < STORY_PEOPLE; k++)
            if (one->person[i].name == two->person[k].name) return true;
    return false;
}

static bool share_a_place_or_noun(const Story *one, const Story *two)
{
    for (int i = 0; i < STORY_PLACES; i++)
        for (int k = 0; k < STORY_PLACES; k++)
            if (one->place[i] == two->place[k]) return true;
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

/* Both things of a question are cast alike, so that nothing in an answer itself says that it is right. */
static void cast(StoryworldRow *row, StoryDraws *draws, bool held_out, StoryEventKind fact)
{
    const StoryCasting casting = {.made = fact == EVENT_MAKES};
    do storyworld_state_cast(&row->story, draws, &casting, held_out);
    while (has_pairs(&row->story));
    do storyworld_state_cast(&row->others, draws, &casting, held_out);
    while (has_pairs(&row->others) || share_a_name(&row->story, &row->others) ||
           share_a_place_or_noun(&row->story, &row->others) ||
           !pairs_are(&row->story, &row->others, held_out) ||
           !pairs_are(&row->others, &row->story, held_out));
}

/* --- what happens -------------------------------------------------------------------------------- */

static StoryEvent event_of(StoryEventKind kind, int a)
{
    return (StoryEvent){
        .kind = kind, .a = (int8_t)a, .b = NO, .o = NO, .q = NO, .p = NO, .owner = NO, .again = NO};
}

static void happen_fact(Story *story, const Question *question, StoryEventKind kind)
{
    StoryEvent fact = event_of(kind, HOLDER), claim = event_of(EVENT_HAS, HOLDER);
    fact.o = claim.o = THING;
    if (kind == EVENT_LOSES || kind == EVENT_PUTS) fact.p = SPOT;
    if (question->owned) storyworld_state_happen(story, claim);
    storyworld_state_happen(story, fact);
}

/* Somebody goes somewhere, is somewhere, wants something or misses the other one. */
static StoryEvent other_event(StoryEventKind kind, int a, int o, int p)
{
    StoryEvent event = event_of(kind, a);
    if (kind == EVENT_MISSES) event.b = (int8_t)(1 - a);
    else if (kind == EVENT_WANTS) event.o = (int8_t)o;
    else event.p = (int8_t)p;
    return event;
}

static bool was_told(const Story *others, StoryEventKind kind, int a)
{
    for (int i = 0; i < others->n_events; i++)
        if (others->event[i].kind == kind && others->event[i].a == a) return true;
    return false;
}

/* Of n sentences number `rival` holds the wrong answer. Two people take turns, and neither does the same
 * twice, the rival's deed included. */
static void happen_others(Story *others, StoryDraws *draws, StoryEventKind rival_kind, int rival,
                          int n)
{
    static const StoryEventKind kinds[] = {EVENT_GOES, EVENT_IS_AT, EVENT_WANTS, EVENT_MISSES};
    enum { N_KINDS = sizeof kinds / sizeof kinds[0] };
    assert(n <= 2 * N_KINDS - 1);
    int first = storyworld_draw_below(draws, 2), rival_person = (first + rival) % 2;
    for (int i = 0; i < n; i++) {
        int a = (first + i) % 2;
        if (i == rival) {
            storyworld_state_happen(others, other_event(rival_kind, a, RIVAL_THING, RIVAL_PLACE));
            continue;
        }
        StoryEventKind kind;
        do kind = kinds[storyworld_draw_below(draws, N_KINDS)];
        while (was_told(others, kind, a) || (a == rival_person && kind == rival_kind));
        int place = OTHER_PLACE + (kind == EVENT_GOES); /* nobody goes where they are */
        int thing = rival_kind == EVENT_WANTS ? OTHER_THING : a;
        storyworld_state_happen(others, other_event(kind, a, thing, place));
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
static void tell(StoryworldRow *row, StoryDraws *draws, const Story *story, const StoryEvent *event,
                 int most_words)
{
    StoryWriter w;
    do {
        storyworld_clause_begin(&w, story, draws, true);
        const char *phrase =
            storyworld_clause_choose(&w, event, storyworld_clause_list(&w, event), false, NULL);
        storyworld_clause_fill(&w, event, phrase);
        storyworld_clause_close(&w, ".");
    } while (count_words(w.text) > most_words);
    size_t size = strlen(row->text[0]);
    snprintf(row->text[0] + size, sizeof row->text[0] - size, "%s%s", size > 0 ? " " : "", w.text);
}

static void tell_others(StoryworldRow *row, StoryDraws *draws, int begin, int end)
{
    for (int i = begin; i < end; i++)
        tell(row, draws, &row->others, &row->others.event[i], OTHER_WORDS);
}

/* Appends a phrase to a text, as a new sentence or not. */
static void write_phrase(char text[STORY_TEXT_BYTES], StoryDraws *draws, const Story *story,
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

/* What the question asks for, and the same of the others. */
static StoryEvent answer_of(const Question *question, int thing, int place)
{
    StoryEvent answer = event_of(question->claim, HOLDER);
    answer.o = (int8_t)thing;
    answer.p = (int8_t)place;
    return answer;
}

void storyworld_recall_write(StoryworldRow *row, StoryDraws *draws, bool held_out, int distance,
                             bool wrong_first)
{
    const Question *question = &questions[storyworld_draw_below(draws, N_QUESTIONS)];
    StoryEventKind fact = question->fact[storyworld_draw_below(draws, 2)];
    StoryEventKind rival = question->rival[storyworld_draw_below(draws, 2)];
    const char *cue = choose_phrase(question->cues, draws);
    cast(row, draws, held_out, fact);
    happen_fact(&row->story, question, fact);
    int n = distance + wrong_first;
    happen_others(&row->others, draws, rival,
                  wrong_first ? 0 : storyworld_draw_below(draws, distance), n);

    const Story *story = &row->story;
    tell_others(row, draws, 0, wrong_first);
    tell(row, draws, story, &story->event[story->n_events - 1], FACT_WORDS);
    tell_others(row, draws, wrong_first, n);

    const StoryEvent right = answer_of(question, THING, SPOT),
                     wrong = answer_of(question, RIVAL_THING, RIVAL_PLACE);
    write_phrase(row->text[0], draws, story, &right, cue, true);
    write_phrase(row->text[1 + row->label], draws, story, &right, question->answer, false);
    write_phrase(row->text[2 - row->label], draws, &row->others, &wrong, question->answer, false);
    row->claim[0] = right;
    row->n_texts = 3;
}
