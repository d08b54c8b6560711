#include "storyworld_truth.h"

enum {
    UNKNOWN = -1,
    GONE = -2,
    PLACE_BASE = 100
}; /* where an object is: a person, or PLACE_BASE + place */

typedef struct World {
    int object_at[STORY_OBJECTS], owner[STORY_OBJECTS], person_at[STORY_PEOPLE];
    bool broken[STORY_OBJECTS], seen[STORY_OBJECTS];
    char wish[STORY_PEOPLE]; /* 'h'ave, 'w'hole, 'p'lace, 't'ogether; 0: none */
    int wished[STORY_PEOPLE];
} World;

static void wish(World *w, int person, char kind, int what)
{
    w->wish[person] = kind;
    w->wished[person] = what;
}

static void meet_up(World *w, int a, int b)
{
    if (w->person_at[a] != UNKNOWN && w->person_at[b] != UNKNOWN &&
        w->person_at[a] != w->person_at[b])
        w->person_at[a] = w->person_at[b] = UNKNOWN;
}

static void happen(World *w, const StoryEvent *e)
{
    if (e->o >= 0) w->seen[e->o] = true;
    if (e->q >= 0) w->seen[e->q] = true;
    switch ((int)e->kind) {
    case EVENT_IS_AT:
    case EVENT_GOES: w->person_at[e->a] = e->p; break;
    case EVENT_COMES: w->person_at[e->b] = e->p; break;
    case EVENT_GO_TOGETHER:
    case EVENT_MEETS:
    case EVENT_RACE: w->person_at[e->a] = w->person_at[e->b] = e->p; break;
    case EVENT_HAS:
    case EVENT_MAKES:
    case EVENT_WINS: w->object_at[e->o] = w->owner[e->o] = e->a; break;
    case EVENT_BUYS:
    case EVENT_FINDS:
        w->object_at[e->o] = e->a;
        w->person_at[e->a] = e->p;
        if (w->owner[e->o] == UNKNOWN) w->owner[e->o] = e->a;
        break;
    case EVENT_ASKS:
    case EVENT_REFUSES:
    case EVENT_THANKS:
    case EVENT_SORRY: meet_up(w, e->a, e->b); break;
    case EVENT_GIVES: w->owner[e->o] = e->b; /* fall through */
    case EVENT_LENDS:
    case EVENT_RETURNS:
        meet_up(w, e->a, e->b);
        w->object_at[e->o] = e->b;
        break;
    case EVENT_TAKES:
        meet_up(w, e->a, e->b);
        w->object_at[e->o] = e->a;
        if (w->owner[e->o] == e->b) wish(w, e->b, 'h', e->o);
        break;
    case EVENT_SWAPS:
        meet_up(w, e->a, e->b);
        w->object_at[e->o] = w->owner[e->o] = e->a;
        w->object_at[e->q] = w->owner[e->q] = e->b;
        break;
    case EVENT_LOSES: wish(w, e->a, 'h', e->o); /* fall through */
    case EVENT_PUTS:
        w->object_at[e->o] = PLACE_BASE + e->p;
        w->person_at[e->a] = e->p;
        break;
    case EVENT_EATS:
        w->object_at[e->o] = GONE;
        if (w->owner[e->o] != UNKNOWN) wish(w, w->owner[e->o], 'h', e->o);
        break;
    case EVENT_BREAKS:
        w->broken[e->o] = true;
        if (w->owner[e->o] != UNKNOWN) wish(w, w->owner[e->o], 'w', e->o);
        break;
    case EVENT_MENDS: w->broken[e->o] = false; break;
    case EVENT_WANTS:
    case EVENT_ENVIES:
    case EVENT_WANTS_BACK:
    case EVENT_STILL_WANTS: wish(w, e->a, 'h', e->o); break;
    case EVENT_WANTS_TO_GO: wish(w, e->a, 'p', e->p); break;
    case EVENT_MISSES: wish(w, e->a, 't', e->b); break;
    case EVENT_IS_AWAY: w->person_at[e->b] = UNKNOWN; break;
    default: break;
    }
}

static World world_after(const Story *story)
{
    World w = {0};
    for (int i = 0; i < STORY_OBJECTS; i++) w.object_at[i] = w.owner[i] = UNKNOWN;
    for (int i = 0; i < STORY_PEOPLE; i++) w.person_at[i] = UNKNOWN;
    for (int i = 0; i < story->n_events; i++) happen(&w, &story->event[i]);
    return w;
}

static bool is_happy(const World *w, int person)
{
    int what = w->wished[person];
    switch (w->wish[person]) {
    case 'h': return w->object_at[what] == person;
    case 'w': return !w->broken[what];
    case 'p': return w->person_at[person] == what;
    default: return w->person_at[person] != UNKNOWN && w->person_at[person] == w->person_at[what];
    }
}

Truth storyworld_truth_of(const Story *story, const StoryEvent *claim)
{
    const World world = world_after(story), *w = &world;
    switch ((int)claim->kind) {
    case EVENT_FEELS:
        if (!w->wish[claim->a]) return TRUTH_OPEN;
        return is_happy(w, claim->a) == (claim->mood < MOOD_SAD) ? TRUTH_SO : TRUTH_NOT_SO;
    case EVENT_OWNER:
        if (!w->seen[claim->o]) return TRUTH_OPEN;
        return w->object_at[claim->o] == claim->a ? TRUTH_SO : TRUTH_NOT_SO;
    case EVENT_ENVIES:
        if (w->wish[claim->a] != 'h' || w->wished[claim->a] != claim->o) return TRUTH_OPEN;
        return w->object_at[claim->o] != claim->a ? TRUTH_SO : TRUTH_NOT_SO;
    case EVENT_OBJECT_PLACE:
        return w->object_at[claim->o] == PLACE_BASE + claim->p ? TRUTH_SO : TRUTH_NOT_SO;
    default:
        if (w->person_at[claim->a] == UNKNOWN) return TRUTH_OPEN;
        return w->person_at[claim->a] == claim->p ? TRUTH_SO : TRUTH_NOT_SO;
    }
}

bool storyworld_truth_wants(const Story *story, int person)
{
    return world_after(story).wish[person] != 0;
}

bool storyworld_truth_is_happy(const Story *story, int person)
{
    const World w = world_after(story);
    return is_happy(&w, person);
}

void storyworld_truth_row(StoryworldRow *row, StoryworldPart part, int64_t seed, DatasetSplit split,
                          uint64_t number)
{
    const StoryworldSpec spec = {.part = (int)part, .seed = seed, .distance = 1};
    storyworld_tasks_row(row, &spec, split, number);
}
