#include "data/storyworld/storyworld_state.h"

#include <assert.h>
#include <string.h>
#include "data/storyworld/storyworld_lexicon.h"

StoryState storyworld_state_blank(void)
{
    StoryState state = {0};
    memset(state.place, NOBODY, sizeof state.place);
    memset(state.holder, NOBODY, sizeof state.holder);
    memset(state.lies_in, NOBODY, sizeof state.lies_in);
    memset(state.owner, NOBODY, sizeof state.owner);
    return state;
}

bool storyworld_state_granted(const StoryState *state, int person)
{
    StoryWant want = state->want[person];
    switch (want.kind) {
    case WANT_NOTHING: return false;
    case WANT_TO_HAVE: return state->holder[want.target] == person;
    case WANT_WHOLE: return !state->broken[want.target];
    case WANT_TO_BE_AT: return state->place[person] == want.target;
    case WANT_TO_BE_WITH:
        return state->place[person] != NOBODY && state->place[person] == state->place[want.target];
    }
    return false;
}

static void hand_over(StoryState *state, int object, int person)
{
    state->holder[object] = (int8_t)person;
    state->lies_in[object] = NOBODY;
}

static void lay_down(StoryState *state, int object, int place)
{
    state->holder[object] = NOBODY;
    state->lies_in[object] = (int8_t)place;
}

static void want(StoryState *state, int person, StoryWantKind kind, int target)
{
    state->want[person] = (StoryWant){kind, (int8_t)target};
}

/* A thing went from hand to hand: whoever was known to be elsewhere must have come, nobody says who. */
static void come_together(StoryState *state, const StoryEvent *e)
{
    if (state->place[e->a] == NOBODY || state->place[e->b] == NOBODY) return;
    if (state->place[e->a] != state->place[e->b]) state->place[e->a] = state->place[e->b] = NOBODY;
}

static void change(StoryState *state, const StoryEvent *e)
{
    switch (e->kind) {
    case EVENT_GIVES:
    case EVENT_LENDS:
    case EVENT_RETURNS:
    case EVENT_TAKES:
    case EVENT_SWAPS:
    case EVENT_ASKS:
    case EVENT_REFUSES:
    case EVENT_THANKS:
    case EVENT_SORRY: come_together(state, e); break;
    default: break;
    }
    switch (e->kind) {
    case EVENT_IS_AT:
    case EVENT_GOES:
    case EVENT_PERSON_PLACE: state->place[e->a] = e->p; break;
    case EVENT_COMES: state->place[e->b] = e->p; break;
    case EVENT_GO_TOGETHER:
    case EVENT_MEETS:
    case EVENT_RACE: state->place[e->a] = state->place[e->b] = e->p; break;
    case EVENT_HAS:
    case EVENT_MAKES:
    case EVENT_WINS:
        hand_over(state, e->o, e->a);
        state->owner[e->o] = e->a;
        break;
    case EVENT_BUYS:
    case EVENT_FINDS:
        hand_over(state, e->o, e->a);
        state->place[e->a] = e->p;
        if (state->owner[e->o] == NOBODY) state->owner[e->o] = e->a;
        break;
    case EVENT_GIVES:
        hand_over(state, e->o, e->b);
        state->owner[e->o] = e->b;
        break;
    case EVENT_LENDS:
    case EVENT_RETURNS: hand_over(state, e->o, e->b); break;
    case EVENT_TAKES: hand_over(state, e->o, e->a); break;
    case EVENT_SWAPS:
        hand_over(state, e->o, e->a);
        hand_over(state, e->q, e->b);
        state->owner[e->o] = e->a;
        state->owner[e->q] = e->b;
        break;
    case EVENT_LOSES:
        lay_down(state, e->o, e->p);
        state->place[e->a] = e->p;
        want(state, e->a, WANT_TO_HAVE, e->o);
        break;
    case EVENT_PUTS:
        lay_down(state, e->o, e->p);
        state->place[e->a] = e->p;
        break;
    case EVENT_EATS: lay_down(state, e->o, NOBODY); break;
    case EVENT_BREAKS:
        state->broken[e->o] = true;
        if (state->owner[e->o] != NOBODY) want(state, state->owner[e->o], WANT_WHOLE, e->o);
        break;
    case EVENT_MENDS: state->broken[e->o] = false; break;
    case EVENT_WANTS:
    case EVENT_ENVIES:
    case EVENT_WANTS_BACK:
    case EVENT_STILL_WANTS: want(state, e->a, WANT_TO_HAVE, e->o); break;
    case EVENT_WANTS_TO_GO: want(state, e->a, WANT_TO_BE_AT, e->p); break;
    case EVENT_MISSES: want(state, e->a, WANT_TO_BE_WITH, e->b); break;
    case EVENT_IS_AWAY: state->place[e->b] = NOBODY; break;
    default: break;
    }
    if (e->kind == EVENT_TAKES && state->owner[e->o] == e->b) want(state, e->b, WANT_TO_HAVE, e->o);
    if (e->kind == EVENT_EATS && state->owner[e->o] != NOBODY)
        want(state, state->owner[e->o], WANT_TO_HAVE, e->o);
}

/* Nobody is proud of what another did. */
static StoryMood glad_mood(const StoryKind *kind, bool own_doing)
{
    return kind->glad == MOOD_PROUD && !own_doing ? MOOD_THANKFUL : kind->glad;
}

void storyworld_state_apply(StoryState *state, const StoryEvent *event)
{
    change(state, event);
    const StoryKind *kind = &storyworld_kinds[event->kind];
    if (kind->glad == MOOD_NONE) return;
    for (int i = 0; i < STORY_PEOPLE; i++) {
        if (state->want[i].kind == WANT_NOTHING) continue;
        bool was_glad = state->mood[i] != MOOD_NONE && state->mood[i] < MOOD_SAD;
        bool glad = storyworld_state_granted(state, i);
        bool concerned = event->a == i || event->b == i;
        if (state->mood[i] == MOOD_NONE || glad != was_glad || (concerned && !glad))
            state->mood[i] = glad ? glad_mood(kind, event->a == i) : kind->sad;
    }
}

void storyworld_state_happen(Story *story, StoryEvent event)
{
    assert(story->n_events < STORY_EVENTS);
    event.owner = event.o == NOBODY ? NOBODY : story->state.owner[event.o];
    if (event.kind == EVENT_FEELS) event.mood = story->state.mood[event.a];
    storyworld_state_apply(&story->state, &event);
    story->event[story->n_events++] = event;
}

bool storyworld_state_stirred(const Story *story)
{
    StoryEventKind last = story->event[story->n_events - 1].kind;
    return storyworld_kinds[last].glad != MOOD_NONE && last != EVENT_WANTS_BACK;
}

bool storyworld_state_held_out(int name, int noun)
{
    return (name + noun) % STORY_HELD_OUT == 0;
}

/* A hero is mostly a child; the second person is mostly of the other sex, so that he and she tell them
 * apart. */
static void cast_people(Story *story, StoryDraws *draws, bool held_out)
{
    int residue = storyworld_draw_below(draws, STORY_HELD_OUT);
    for (int i = 0; i < STORY_PEOPLE; i++) {
        StoryPerson *person = &story->person[i];
        bool fits;
        do {
            person->name = (uint8_t)storyworld_draw_below(draws, LEXICON_NAMES);
            person->female = storyworld_lexicon_names[person->name].female;
            fits = !held_out || person->name % STORY_HELD_OUT == residue;
            for (int j = 0; j < i; j++) fits = fits && story->person[j].name != person->name;
            if (fits && i == 1 && person->female == story->person[0].female)
                fits = storyworld_draw_chance(draws, 35);
        } while (!fits);
        const LexiconRelation *relation;
        person->adult = i == 0 ? storyworld_draw_chance(draws, 20) : false;
        do {
            person->relation = (uint8_t)storyworld_draw_below(draws, LEXICON_RELATIONS);
            relation = &storyworld_lexicon_relations[person->relation];
        } while (i > 0 && story->person[0].adult && person->relation > 2);
        if (i > 0) person->adult = relation->adult || story->person[0].adult;
        person->job = (uint8_t)storyworld_draw_below(draws, LEXICON_JOBS);
        person->trait =
            (uint8_t)storyworld_draw_below(draws, person->adult ? LEXICON_AGES : LEXICON_TRAITS);
    }
}

static bool object_fits(const Story *story, int i, const StoryCasting *casting, bool held_out)
{
    int noun = story->object[i].noun;
    const LexiconObject *object = &storyworld_lexicon_objects[noun];
    if (i == 0) {
        if (casting->object_kind && !(object->kind & casting->object_kind)) return false;
        if ((casting->made && !object->made) || (casting->breaks && !object->broke)) return false;
    }
    for (int j = 0; j < i; j++)
        if (story->object[j].noun == noun) return false;
    for (int j = 0; j < STORY_PEOPLE; j++)
        if (storyworld_state_held_out(story->person[j].name, noun) != held_out) return false;
    return !(story->person[0].adult && (object->kind & OBJECT_TOY));
}

static bool place_fits(const Story *story, int i, const StoryCasting *casting)
{
    for (int j = 0; j < i; j++)
        if (story->place[j] == story->place[i]) return false;
    uint8_t kind = storyworld_lexicon_places[story->place[i]].kind;
    return i > 0 || casting->place_kind == 0 || (kind & casting->place_kind);
}

void storyworld_state_cast(Story *story, StoryDraws *draws, const StoryCasting *casting,
                           bool held_out)
{
    *story = (Story){.state = storyworld_state_blank()};
    cast_people(story, draws, held_out);
    for (int i = 0; i < STORY_OBJECTS; i++) {
        do story->object[i].noun = (uint8_t)storyworld_draw_below(draws, LEXICON_OBJECTS);
        while (!object_fits(story, i, casting, held_out));
        int n = 0;
        while (storyworld_lexicon_objects[story->object[i].noun].adjectives[n]) n++;
        story->object[i].adjective = (uint8_t)storyworld_draw_below(draws, n);
    }
    for (int i = 0; i < STORY_PLACES; i++) {
        do story->place[i] = (uint8_t)storyworld_draw_below(draws, LEXICON_PLACES);
        while (!place_fits(story, i, casting));
    }
}
