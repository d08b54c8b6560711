#include "data/storyworld/storyworld_claims.h"

#include <string.h>

typedef struct Choice {
    int number[8];
    int n;
} Choice;

static void offer(Choice *choice, int number, bool fits)
{
    if (fits) choice->number[choice->n++] = number;
}

static int pick(const Choice *choice, StoryDraws *draws)
{
    return choice->n ? choice->number[storyworld_draw_below(draws, choice->n)] : NOBODY;
}

static StoryEvent statement(StoryEventKind kind, int a, int o, int p)
{
    return (StoryEvent){.kind = kind,
                        .a = (int8_t)a,
                        .b = NOBODY,
                        .o = (int8_t)o,
                        .q = NOBODY,
                        .p = (int8_t)p,
                        .owner = NOBODY,
                        .again = NOBODY};
}

static StoryMood opposite_mood(StoryMood mood, StoryDraws *draws)
{
    return mood < MOOD_SAD
               ? MOOD_SAD + (StoryMood)storyworld_draw_below(draws, N_MOODS - MOOD_SAD)
               : MOOD_HAPPY + (StoryMood)storyworld_draw_below(draws, MOOD_SAD - MOOD_HAPPY);
}

/* --- so and not so ------------------------------------------------------------------------------------ */

static bool pair_of_feelings(StoryEvent *right, StoryEvent *wrong, const Story *story,
                             const StoryDiscourse *told, StoryDraws *draws)
{
    Choice people = {0};
    for (int i = 0; i < STORY_PEOPLE; i++)
        offer(&people, i, told->person_known[i] && story->state.mood[i] != MOOD_NONE);
    int person = pick(&people, draws);
    if (person == NOBODY) return false;
    *right = *wrong = statement(EVENT_FEELS, person, NOBODY, NOBODY);
    right->mood = story->state.mood[person];
    wrong->mood = opposite_mood(right->mood, draws);
    return true;
}

static bool pair_of_owners(StoryEvent *right, StoryEvent *wrong, const Story *story,
                           const StoryDiscourse *told, StoryDraws *draws)
{
    const int8_t *holder = story->state.holder;
    Choice objects = {0}, others = {0};
    for (int i = 0; i < STORY_OBJECTS; i++)
        offer(&objects, i, told->object_seen[i] >= 0 && holder[i] != NOBODY);
    int object = pick(&objects, draws);
    if (object == NOBODY) return false;
    for (int i = 0; i < STORY_PEOPLE; i++)
        offer(&others, i, told->person_known[i] && i != holder[object]);
    int other = pick(&others, draws);
    *right = statement(EVENT_OWNER, holder[object], object, NOBODY);
    *wrong = statement(EVENT_OWNER, other, object, NOBODY);
    return other != NOBODY;
}

/* Where the first object lies, or where the hero is. */
static bool pair_of_places(StoryEvent *right, StoryEvent *wrong, const Story *story,
                           const StoryDiscourse *told, StoryDraws *draws)
{
    bool of_object = storyworld_draw_chance(draws, 50);
    int place = of_object ? story->state.lies_in[0] : story->state.place[0];
    if (place == NOBODY) return false;
    Choice others = {0};
    for (int i = 0; i < STORY_PLACES; i++) offer(&others, i, told->place_known[i] && i != place);
    int other = pick(&others, draws);
    StoryEventKind kind = of_object ? EVENT_OBJECT_PLACE : EVENT_PERSON_PLACE;
    *right = statement(kind, of_object ? NOBODY : 0, of_object ? 0 : NOBODY, place);
    *wrong = *right;
    wrong->p = (int8_t)other;
    return other != NOBODY;
}

bool storyworld_claims_pair(StoryEvent *right, StoryEvent *wrong, const Story *story,
                            const StoryDiscourse *told, StoryDraws *draws)
{
    switch (storyworld_draw_below(draws, 5)) {
    case 0:
    case 1: return pair_of_feelings(right, wrong, story, told, draws);
    case 2:
    case 3: return pair_of_owners(right, wrong, story, told, draws);
    default: return pair_of_places(right, wrong, story, told, draws);
    }
}

/* --- left open ------------------------------------------------------------------------------------------ */

static bool has_something(const StoryState *state, int person)
{
    for (int i = 0; i < STORY_OBJECTS; i++)
        if (state->holder[i] == person) return true;
    return false;
}

bool storyworld_claims_open(StoryEvent *claim, const Story *story, const StoryDiscourse *told,
                            StoryDraws *draws)
{
    const StoryState *state = &story->state;
    Choice people = {0}, objects = {0};
    int kind = storyworld_draw_below(draws, 5), object = NOBODY, place = NOBODY;
    for (int i = 0; i < STORY_PEOPLE; i++) {
        bool fits = kind < 2   ? state->mood[i] == MOOD_NONE && !has_something(state, i)
                    : kind < 4 ? true
                               : state->place[i] == NOBODY;
        offer(&people, i, told->person_known[i] && fits);
    }
    int person = pick(&people, draws);
    if (kind == 2 || kind == 3) {
        for (int i = 0; i < STORY_OBJECTS; i++) offer(&objects, i, told->object_seen[i] < 0);
        if ((object = pick(&objects, draws)) == NOBODY) return false;
    } else if (kind == 4) {
        place = storyworld_draw_below(draws, STORY_PLACES);
    }
    *claim = statement(kind < 2   ? EVENT_FEELS
                       : kind < 4 ? EVENT_OWNER
                                  : EVENT_PERSON_PLACE,
                       person, object, place);
    if (kind < 2)
        claim->mood = MOOD_HAPPY + (StoryMood)storyworld_draw_below(draws, N_MOODS - MOOD_HAPPY);
    return person != NOBODY;
}
