#include "data/storyworld_tasks.h"

#include <assert.h>
#include <string.h>
#include "data/storyworld_corrupt.h"
#include "data/storyworld_lexicon.h"
#include "data/storyworld_plots.h"

/* Sizes keep a row of any task under about 60 tokens. */
enum { PASSAGE_MOST_WORDS = 38, SENTENCE_LEAST_WORDS = 5, SENTENCE_MOST_WORDS = 14 };

typedef struct Maker {
    StoryworldRow *row;
    StoryDraws draws;
    bool held_out;
    StoryNarrator narrator;
} Maker;

static int below(Maker *maker, int n)
{
    return storyworld_draw_below(&maker->draws, n);
}
static bool chance(Maker *maker, int percent)
{
    return storyworld_draw_chance(&maker->draws, percent);
}

static int count_words(const char *text)
{
    int words = text[0] != '\0';
    for (; *text; text++) words += *text == ' ';
    return words;
}

static void simulate(Maker *maker)
{
    storyworld_plots_simulate(&maker->row->story, &maker->draws, true, maker->held_out);
}

/* The whole story as the row's first text; false when it is too long. */
static bool narrate(Maker *maker)
{
    StoryworldRow *row = maker->row;
    storyworld_narrate_begin(&maker->narrator, &row->story, &maker->draws, STYLE_PASSAGE);
    storyworld_narrate_events(&maker->narrator, 0, row->story.n_events);
    memcpy(row->text[0], maker->narrator.text, maker->narrator.size + 1);
    memcpy(row->person_told, maker->narrator.discourse.person_known, sizeof row->person_told);
    for (int i = 0; i < STORY_OBJECTS; i++)
        row->object_told[i] = maker->narrator.discourse.object_seen[i] >= 0;
    return count_words(row->text[0]) <= PASSAGE_MOST_WORDS;
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

/* A random number below n that fits, or NOBODY. */
static int pick(Maker *maker, int n, const bool *fits)
{
    int fitting[8], n_fitting = 0;
    for (int i = 0; i < n; i++)
        if (fits[i]) fitting[n_fitting++] = i;
    return n_fitting ? fitting[below(maker, n_fitting)] : NOBODY;
}

/* --- acceptability ------------------------------------------------------------------------------------- */

/* A sentence that names a person and an object, so that no held-out one can stand in a book. */
static bool names_both(const char *text, const Story *story)
{
    bool person = false, object = false;
    for (int i = 0; i < STORY_PEOPLE; i++)
        person = person || strstr(text, storyworld_lexicon_names[story->person[i].name].name);
    for (int i = 0; i < STORY_OBJECTS; i++)
        object = object || strstr(text, storyworld_lexicon_objects[story->object[i].noun].noun);
    return person && object;
}

static bool make_acceptability(Maker *maker)
{
    StoryworldRow *row = maker->row;
    simulate(maker);
    int first = below(maker, row->story.n_events);
    int count = first + 1 < row->story.n_events && chance(maker, 50) ? 2 : 1;
    storyworld_narrate_begin(&maker->narrator, &row->story, &maker->draws, STYLE_LONE);
    storyworld_narrate_events(&maker->narrator, first, count);
    const char *text = maker->narrator.text;
    int words = count_words(text);
    bool single = strchr(text, '.') == text + strlen(text) - 1;
    if (!single || words < SENTENCE_LEAST_WORDS || words > SENTENCE_MOST_WORDS ||
        !names_both(text, &row->story))
        return false;
    memcpy(row->original, text, maker->narrator.size + 1);
    row->n_texts = 1;
    if (row->label == 0) {
        row->rule = storyworld_corrupt(row->text[0], text, &maker->draws);
        return row->rule >= 0;
    }
    memcpy(row->text[0], text, maker->narrator.size + 1);
    return true;
}

/* --- sentiment ------------------------------------------------------------------------------------------ */

static bool make_sentiment(Maker *maker)
{
    StoryworldRow *row = maker->row;
    simulate(maker);
    StoryMood mood = row->story.state.mood[0];
    if (mood == MOOD_NONE || (mood < MOOD_SAD) != (row->label == 1)) return false;
    StoryEvent feels = statement(EVENT_FEELS, 0, NOBODY, NOBODY);
    feels.link = LINK_SO;
    if (chance(maker, 35)) storyworld_state_happen(&row->story, feels);
    row->n_texts = 1;
    return narrate(maker);
}

/* --- statements about the end of a story ------------------------------------------------------------------ */

static StoryMood opposite_mood(Maker *maker, StoryMood mood)
{
    return mood < MOOD_SAD ? MOOD_SAD + (StoryMood)below(maker, N_MOODS - MOOD_SAD)
                           : MOOD_HAPPY + (StoryMood)below(maker, MOOD_SAD - MOOD_HAPPY);
}

/* Something that is so at the end of the story (`right`) and something of the same kind that is not
 * (`wrong`), both about what the text told; false when the kind drawn has nothing to say. */
static bool claim_pair(Maker *maker, StoryEvent *right, StoryEvent *wrong)
{
    const Story *story = &maker->row->story;
    const StoryState *state = &story->state;
    const StoryDiscourse *told = &maker->narrator.discourse;
    bool fits[8] = {false};
    int a, o, p;
    switch (below(maker, 5)) {
    case 0:
    case 1: /* feelings */
        for (int i = 0; i < STORY_PEOPLE; i++)
            fits[i] = told->person_known[i] && state->mood[i] != MOOD_NONE;
        if ((a = pick(maker, STORY_PEOPLE, fits)) == NOBODY) return false;
        *right = *wrong = statement(EVENT_FEELS, a, NOBODY, NOBODY);
        right->mood = state->mood[a];
        wrong->mood = opposite_mood(maker, right->mood);
        return true;
    case 2:
    case 3: /* owners */
        for (int i = 0; i < STORY_OBJECTS; i++)
            fits[i] = told->object_seen[i] >= 0 && state->holder[i] != NOBODY;
        if ((o = pick(maker, STORY_OBJECTS, fits)) == NOBODY) return false;
        for (int i = 0; i < STORY_PEOPLE; i++)
            fits[i] = told->person_known[i] && i != state->holder[o];
        if ((a = pick(maker, STORY_PEOPLE, fits)) == NOBODY) return false;
        *right = statement(EVENT_OWNER, state->holder[o], o, NOBODY);
        *wrong = statement(EVENT_OWNER, a, o, NOBODY);
        return true;
    default: /* places */
        for (int i = 0; i < STORY_PLACES; i++) fits[i] = told->place_known[i];
        o = below(maker, 2) ? 0 : NOBODY;
        p = o == 0 ? state->lies_in[0] : state->place[0];
        if (p == NOBODY) return false;
        fits[p] = false;
        int other = pick(maker, STORY_PLACES, fits);
        if (other == NOBODY) return false;
        *right =
            statement(o == 0 ? EVENT_OBJECT_PLACE : EVENT_PERSON_PLACE, o == 0 ? NOBODY : 0, o, p);
        *wrong = *right;
        wrong->p = (int8_t)other;
        return true;
    }
}

/* Something the story leaves open: what somebody feels who wants nothing, who has a thing that was never
 * spoken of, where somebody is whose place is unknown. */
static bool claim_neutral(Maker *maker, StoryEvent *claim)
{
    const Story *story = &maker->row->story;
    const StoryState *state = &story->state;
    const StoryDiscourse *told = &maker->narrator.discourse;
    bool fits[8] = {false};
    int a, o;
    switch (below(maker, 5)) {
    case 0:
    case 1:
        for (int i = 0; i < STORY_PEOPLE; i++)
            fits[i] = told->person_known[i] && state->mood[i] == MOOD_NONE;
        if ((a = pick(maker, STORY_PEOPLE, fits)) == NOBODY) return false;
        *claim = statement(EVENT_FEELS, a, NOBODY, NOBODY);
        claim->mood = MOOD_HAPPY + (StoryMood)below(maker, N_MOODS - MOOD_HAPPY);
        return true;
    case 2:
    case 3:
        for (int i = 0; i < STORY_OBJECTS; i++) fits[i] = told->object_seen[i] < 0;
        if ((o = pick(maker, STORY_OBJECTS, fits)) == NOBODY) return false;
        memcpy(fits, told->person_known, sizeof told->person_known);
        if ((a = pick(maker, STORY_PEOPLE, fits)) == NOBODY) return false;
        *claim = statement(EVENT_OWNER, a, o, NOBODY);
        return true;
    default:
        for (int i = 0; i < STORY_PEOPLE; i++)
            fits[i] = told->person_known[i] && state->place[i] == NOBODY;
        if ((a = pick(maker, STORY_PEOPLE, fits)) == NOBODY) return false;
        *claim = statement(EVENT_PERSON_PLACE, a, NOBODY, below(maker, STORY_PLACES));
        return true;
    }
}

/* --- entailment and ending --------------------------------------------------------------------------------- */

/* A sentence of its own for a statement, by full names. */
static void state(Maker *maker, char *text, const StoryEvent *claim)
{
    storyworld_narrate_begin(&maker->narrator, &maker->row->story, &maker->draws, STYLE_LONE);
    if (claim->o != NOBODY) maker->narrator.discourse.object_known[claim->o] = true;
    storyworld_narrate_clause(&maker->narrator, claim, -1);
    memcpy(text, maker->narrator.text, maker->narrator.size + 1);
}

static bool make_entailment(Maker *maker)
{
    StoryworldRow *row = maker->row;
    simulate(maker);
    if (!narrate(maker)) return false;
    StoryEvent right, wrong;
    if (row->label == 1) {
        if (!claim_neutral(maker, &row->claim[0])) return false;
    } else {
        if (!claim_pair(maker, &right, &wrong)) return false;
        row->claim[0] = row->label == 0 ? right : wrong;
    }
    row->n_texts = 2;
    state(maker, row->text[1], &row->claim[0]);
    return true;
}

/* Both endings go on from the passage by the same draws, so that they differ in what they say only. */
static bool make_ending(Maker *maker)
{
    StoryworldRow *row = maker->row;
    simulate(maker);
    if (!narrate(maker)) return false;
    StoryEvent right, wrong;
    if (!claim_pair(maker, &right, &wrong)) return false;
    row->claim[row->label] = right;
    row->claim[1 - row->label] = wrong;
    row->n_texts = 3;
    maker->narrator.discourse.place = NOBODY; /* no "there": which place is the question */
    const StoryNarrator passage = maker->narrator;
    const StoryDraws draws = maker->draws;
    for (int i = 0; i < 2; i++) {
        maker->narrator = passage;
        maker->draws = draws;
        storyworld_narrate_clause(&maker->narrator, &row->claim[i], -1);
        strcpy(row->text[1 + i], maker->narrator.text + passage.size + 1);
    }
    return true;
}

/* --- similarity ---------------------------------------------------------------------------------------------- */

static bool is_core(StoryEventKind kind)
{
    switch (kind) {
    case EVENT_GIVES:
    case EVENT_LENDS:
    case EVENT_RETURNS:
    case EVENT_TAKES:
    case EVENT_LOSES:
    case EVENT_FINDS:
    case EVENT_BREAKS:
    case EVENT_MENDS:
    case EVENT_FAILS_TO_MEND:
    case EVENT_FAILS_TO_FIND:
    case EVENT_BUYS:
    case EVENT_MAKES:
    case EVENT_PUTS:
    case EVENT_REFUSES:
    case EVENT_ASKS:
    case EVENT_EATS:
    case EVENT_WANTS: return true;
    default: return false;
    }
}

/* The event that people and things of this one would make instead; itself when there is none. */
static StoryEventKind counterpart(StoryEventKind kind)
{
    switch (kind) {
    case EVENT_GIVES: return EVENT_TAKES;
    case EVENT_TAKES: return EVENT_RETURNS;
    case EVENT_RETURNS: return EVENT_REFUSES;
    case EVENT_LENDS: return EVENT_ASKS;
    case EVENT_ASKS: return EVENT_GIVES;
    case EVENT_REFUSES: return EVENT_GIVES;
    case EVENT_LOSES: return EVENT_FINDS;
    case EVENT_FINDS: return EVENT_LOSES;
    case EVENT_PUTS: return EVENT_FINDS;
    case EVENT_BUYS: return EVENT_LOSES;
    case EVENT_BREAKS: return EVENT_MENDS;
    case EVENT_MENDS: return EVENT_FAILS_TO_MEND;
    case EVENT_FAILS_TO_MEND: return EVENT_MENDS;
    case EVENT_FAILS_TO_FIND: return EVENT_WANTS;
    case EVENT_WANTS: return EVENT_FAILS_TO_FIND;
    default: return kind;
    }
}

/* Changes who, what, where or how, so that another event is told. */
static bool alter(Maker *maker, StoryEvent *event)
{
    int third = 3 - event->a - event->b;
    switch (below(maker, 5)) {
    case 0:
        if (event->b == NOBODY) return false;
        int8_t a = event->a;
        event->a = event->b;
        event->b = a;
        return true;
    case 1: {
        StoryEventKind kind = counterpart(event->kind);
        bool changed = kind != event->kind;
        event->kind = kind;
        return changed;
    }
    case 2:
        event->o = (int8_t)(1 - event->o);
        return event->kind != EVENT_MAKES && event->kind != EVENT_BREAKS &&
               event->kind != EVENT_EATS;
    case 3:
        if (event->b == NOBODY)
            event->a = (int8_t)(event->a == 0 ? 1 : 0);
        else if (chance(maker, 50))
            event->a = (int8_t)third;
        else
            event->b = (int8_t)third;
        return true;
    default:
        if (event->p == NOBODY) return false;
        event->p = (int8_t)((event->p + 1 + below(maker, STORY_PLACES - 1)) % STORY_PLACES);
        return true;
    }
}

static bool make_similarity(Maker *maker)
{
    StoryworldRow *row = maker->row;
    simulate(maker);
    bool fits[STORY_EVENTS] = {false};
    int n_fitting = 0;
    for (int i = 0; i < row->story.n_events; i++)
        n_fitting += fits[i] = is_core(row->story.event[i].kind);
    if (n_fitting == 0) return false;
    int chosen = below(maker, n_fitting), i = 0;
    while (!fits[i] || chosen-- > 0) i++;
    row->claim[0] = row->story.event[i];
    row->claim[0].owner = NOBODY;
    row->claim[1] = row->claim[0];
    if (row->label == 0 && !alter(maker, &row->claim[1])) return false;
    int avoid = -1;
    bool known = chance(maker, 50);
    for (int k = 0; k < 2; k++) {
        storyworld_narrate_begin(&maker->narrator, &row->story, &maker->draws, STYLE_LONE);
        maker->narrator.discourse.object_known[row->claim[k].o] = known;
        int number = storyworld_narrate_clause(&maker->narrator, &row->claim[k], avoid);
        if (row->claim[1].kind == row->claim[0].kind) avoid = number;
        memcpy(row->text[k], maker->narrator.text, maker->narrator.size + 1);
    }
    row->n_texts = 2;
    return true;
}

/* --- rows ------------------------------------------------------------------------------------------------------ */

static const struct {
    int n_labels;
    bool (*make)(Maker *maker); /* false: drawn in vain, once more */
} tasks[] = {
    [STORYWORLD_ACCEPTABILITY] = {2, make_acceptability},
    [STORYWORLD_SENTIMENT] = {2, make_sentiment},
    [STORYWORLD_ENTAILMENT] = {3, make_entailment},
    [STORYWORLD_SIMILARITY] = {2, make_similarity},
    [STORYWORLD_ENDING] = {2, make_ending},
};

/* Streams: books use site 0 (part 0, split 0). */
static uint32_t site_of(StoryworldPart part, DatasetSplit split, bool labels)
{
    return (uint32_t)part * 8 + (uint32_t)split * 2 + labels;
}

void storyworld_tasks_row(StoryworldRow *row, StoryworldPart part, uint64_t seed,
                          DatasetSplit split, uint64_t number)
{
    assert(part >= STORYWORLD_ACCEPTABILITY && part <= STORYWORLD_ENDING);
    int n_labels = tasks[part].n_labels;
    uint32_t order[3];
    rng_permutation(order, (uint32_t)n_labels,
                    rng_key_site(rng_key(seed, RNG_WORLD, number / (uint64_t)n_labels),
                                 site_of(part, split, true)));
    *row = (StoryworldRow){.label = (int)order[number % (uint64_t)n_labels], .rule = -1};
    Maker maker = {.row = row,
                   .held_out = split != SPLIT_TRAIN,
                   .draws = storyworld_draw_stream(seed, site_of(part, split, false), number)};
    while (!tasks[part].make(&maker)) {
    }
}
