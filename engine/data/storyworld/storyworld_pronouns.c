#include "data/storyworld/storyworld_pronouns.h"

#include <stdio.h>
#include <string.h>
#include "data/storyworld/storyworld_lexicon.h"

/* The people, things and places of a schema. */
enum { NO = NOBODY, A = 0, B = 1, O = 0, Q = 1, P = 0, ELSEWHERE = 1 };

/* Releases of clang-format set braces in macros differently. */
/* clang-format off */
#define EVENT(kind_, a_, b_, o_, q_, p_)                                                           \
    { .kind = kind_, .a = a_, .b = b_, .o = o_, .q = q_, .p = p_, .owner = NO, .again = NO }
#define OF_THING(kind, a, o)          EVENT(kind, a, NO, o, NO, NO)
#define BETWEEN(kind, a, b, o)        EVENT(kind, a, b, o, NO, NO)
#define AT_PLACE(kind, a, p)          EVENT(kind, a, NO, NO, NO, p)
#define THING_AT_PLACE(kind, a, o, p) EVENT(kind, a, NO, o, NO, p)
#define FEELS(mood_, a_)                                                                           \
    { .kind = EVENT_FEELS, .mood = mood_, .a = a_, .b = NO, .o = NO, .q = NO, .p = NO,             \
      .owner = NO, .again = NO }
/* clang-format on */

enum { SCHEMA_EVENTS = 6 };

/* Phrases are those of storyworld_phrases.h: of A and B, of O and Q, and of P, which is ELSEWHERE in what
 * is said of B. The lists of `after` go together: their phrases differ in one word. */
typedef struct Schema {
    StoryCasting casting;
    bool both_break; /* Q too */
    bool same_in;    /* "in the park", "in the barn": the two places differ in the last word only */
    int n_events;
    StoryEvent event[SCHEMA_EVENTS];
    const char *const *before, *const *before_of_b; /* the second part: NULL where there is none */
    const char *const *after[2];                    /* what makes the pronoun A, B */
    StoryEvent claim[2];                            /* what it says of A, of B */
} Schema;

static const char *const asks[] = {"name:A asked name:B for the:O because",
                                   "name:A begged name:B for the:O because", NULL};
static const char *const wanted[] = {"wanted them:O.", "needed them:O.", "wanted the n:O.", NULL};
static const char *const owned[] = {"had them:O.", "had them:O.", "had the n:O.", NULL};

static const char *const takes[] = {"name:A took the:O from name:B, so",
                                    "name:A took the:O away from name:B, so",
                                    "name:A stole the:O from name:B, so", NULL};
static const char *const glad_now[] = {"was glad.", "was happy.", "was happy.", NULL};
static const char *const angry_now[] = {"was angry.", "was furious.", "was sad.", NULL};

static const char *const robs[] = {"name:A stole the:O from name:B, and now",
                                   "name:A took the:O from name:B, and now", NULL};
static const char *const loses[] = {"name:A lost the:O in:P, and name:B found them:O. Now",
                                    "name:A forgot the:O in:P, and name:B found them:O. Now", NULL};
static const char *const had[] = {"had them:O.", "had the n:O.", "had them:O.", NULL};
static const char *const missed[] = {"missed them:O.", "missed the n:O.", "wanted them:O.", NULL};

static const char *const wins[] = {"name:A won the race, but name:B did not, so",
                                   "name:A ran a race with name:B and won the:O, so",
                                   "name:A and name:B ran a race, and name:A won the:O, so", NULL};
static const char *const buys[] = {
    "name:A could not pay for the:O, but name:B bought them:O, so",
    "name:A did not have enough money for the:O, but name:B bought them:O, so", NULL};
static const char *const is_kept[] = {"name:A went to:P, but name:B was too ill to go, so",
                                      "name:A went to:P, but name:B had to work, so", NULL};
static const char *const mends[] = {
    "name:A was able to mend the:O, but name:B could not mend the:Q, so",
    "name:A mended the:O, but name:B tried in vain to mend the:Q, so", NULL};
static const char *const glad[] = {"was glad.", "was happy.", "was very happy.", NULL};
static const char *const sad[] = {"was disappointed.", "was sad.", "was very sad.", NULL};

static const char *const swaps[] = {"name:A gave the:Q to name:B for the:O, so now",
                                    "name:A got the:O from name:B for the:Q, so now", NULL};
static const char *const had_first[] = {"had the n:O.", NULL};
static const char *const had_second[] = {"had the n:Q.", NULL};

static const char *const own[] = {"name:A had a:O, and name:B had a:Q. One day",
                                  "name:A got a:O, and name:B got a:Q, but", NULL};
static const char *const lost_first[] = {"lost the n:O.", NULL};
static const char *const lost_second[] = {"lost the n:Q.", NULL};

static const char *const goes[] = {"name:A went to:P,", "name:A walked to:P,", NULL};
static const char *const goes_too[] = {"and name:B went to:P. Soon", "but name:B ran to:P. Soon",
                                       NULL};
static const char *const was_there[] = {"was in:P.", NULL};

static const Schema schemas[] = {
    {.n_events = 3,
     .event = {OF_THING(EVENT_HAS, B, O), BETWEEN(EVENT_ENVIES, A, B, O),
               BETWEEN(EVENT_ASKS, A, B, O)},
     .before = asks,
     .after = {wanted, owned},
     .claim = {OF_THING(EVENT_ENVIES, A, O), OF_THING(EVENT_OWNER, B, O)}},
    {.n_events = 3,
     .event = {OF_THING(EVENT_HAS, B, O), BETWEEN(EVENT_ENVIES, A, B, O),
               BETWEEN(EVENT_TAKES, A, B, O)},
     .before = takes,
     .after = {glad_now, angry_now},
     .claim = {FEELS(MOOD_HAPPY, A), FEELS(MOOD_ANGRY, B)}},
    {.n_events = 2,
     .event = {OF_THING(EVENT_HAS, B, O), BETWEEN(EVENT_TAKES, A, B, O)},
     .before = robs,
     .after = {had, missed},
     .claim = {OF_THING(EVENT_OWNER, A, O), OF_THING(EVENT_ENVIES, B, O)}},
    {.n_events = 3,
     .event = {OF_THING(EVENT_HAS, A, O), THING_AT_PLACE(EVENT_LOSES, A, O, P),
               THING_AT_PLACE(EVENT_FINDS, B, O, P)},
     .before = loses,
     .after = {missed, had},
     .claim = {OF_THING(EVENT_ENVIES, A, O), OF_THING(EVENT_OWNER, B, O)}},
    {.n_events = 4,
     .event = {EVENT(EVENT_RACE, A, B, O, NO, P), OF_THING(EVENT_ENVIES, A, O),
               OF_THING(EVENT_ENVIES, B, O), OF_THING(EVENT_WINS, A, O)},
     .before = wins,
     .after = {glad, sad},
     .claim = {FEELS(MOOD_HAPPY, A), FEELS(MOOD_SAD, B)}},
    {.casting = {.place_kind = PLACE_SHOP},
     .n_events = 4,
     .event = {OF_THING(EVENT_WANTS, A, O), OF_THING(EVENT_WANTS, B, O),
               THING_AT_PLACE(EVENT_FAILS_TO_BUY, A, O, P), THING_AT_PLACE(EVENT_BUYS, B, O, P)},
     .before = buys,
     .after = {sad, glad},
     .claim = {FEELS(MOOD_SAD, A), FEELS(MOOD_HAPPY, B)}},
    {.n_events = 4,
     .event = {AT_PLACE(EVENT_WANTS_TO_GO, A, P), AT_PLACE(EVENT_WANTS_TO_GO, B, P),
               AT_PLACE(EVENT_GOES, A, P), AT_PLACE(EVENT_IS_KEPT, B, P)},
     .before = is_kept,
     .after = {glad, sad},
     .claim = {FEELS(MOOD_HAPPY, A), FEELS(MOOD_SAD, B)}},
    {.casting = {.breaks = true},
     .both_break = true,
     .n_events = 6,
     .event = {OF_THING(EVENT_HAS, A, O), OF_THING(EVENT_HAS, B, Q), OF_THING(EVENT_BREAKS, A, O),
               OF_THING(EVENT_BREAKS, B, Q), OF_THING(EVENT_MENDS, A, O),
               OF_THING(EVENT_FAILS_TO_MEND, B, Q)},
     .before = mends,
     .after = {glad, sad},
     .claim = {FEELS(MOOD_HAPPY, A), FEELS(MOOD_SAD, B)}},
    {.n_events = 3,
     .event = {OF_THING(EVENT_HAS, A, Q), OF_THING(EVENT_HAS, B, O),
               EVENT(EVENT_SWAPS, A, B, O, Q, NO)},
     .before = swaps,
     .after = {had_first, had_second},
     .claim = {OF_THING(EVENT_OWNER, A, O), OF_THING(EVENT_OWNER, B, Q)}},
    {.n_events = 2,
     .event = {OF_THING(EVENT_HAS, A, O), OF_THING(EVENT_HAS, B, Q)},
     .before = own,
     .after = {lost_first, lost_second},
     .claim = {OF_THING(EVENT_OWNER, A, O), OF_THING(EVENT_OWNER, B, Q)}},
    {.same_in = true,
     .n_events = 2,
     .event = {AT_PLACE(EVENT_GOES, A, P), AT_PLACE(EVENT_GOES, B, ELSEWHERE)},
     .before = goes,
     .before_of_b = goes_too,
     .after = {was_there, was_there},
     .claim = {AT_PLACE(EVENT_PERSON_PLACE, A, P), AT_PLACE(EVENT_PERSON_PLACE, B, ELSEWHERE)}},
};
enum { N_SCHEMAS = sizeof schemas / sizeof schemas[0] };

/* --- casting ------------------------------------------------------------------------------------- */

static const LexiconPlace *place_of(const Story *story, int place)
{
    return &storyworld_lexicon_places[story->place[place]];
}

/* "in the park" and "in the barn", "at the mill" and "at the well": as far as the last word. */
static bool differ_in_last_word(const char *one, const char *two)
{
    const char *last = strrchr(one, ' ');
    size_t size = (size_t)(last - one) + 1;
    return strncmp(one, two, size) == 0 && !strchr(two + size, ' ');
}

static bool fits(const Schema *schema, const Story *story)
{
    if (story->person[A].female != story->person[B].female) return false;
    if (schema->both_break && !storyworld_lexicon_objects[story->object[Q].noun].broke)
        return false;
    return !schema->same_in ||
           differ_in_last_word(place_of(story, P)->in, place_of(story, ELSEWHERE)->in);
}

/* --- writing ------------------------------------------------------------------------------------- */

static const char *const *choose(const char *const *phrases, StoryDraws *draws)
{
    int n = 0;
    while (phrases[n]) n++;
    return &phrases[storyworld_draw_below(draws, n)];
}

/* The slots of phrases about A, or about B. */
static StoryEvent view_of(int person)
{
    return (StoryEvent)EVENT(EVENT_LIVES, A, B, O, Q, (int8_t)(person == A ? P : ELSEWHERE));
}

static void fill(StoryWriter *writer, const char *phrase, int person)
{
    const StoryEvent view = view_of(person);
    storyworld_clause_fill(writer, &view, phrase);
}

void storyworld_pronouns_write(StoryworldRow *row, StoryDraws *draws, bool held_out)
{
    const Schema *schema = &schemas[storyworld_draw_below(draws, N_SCHEMAS)];
    Story *story = &row->story;
    do storyworld_state_cast(story, draws, &schema->casting, held_out);
    while (!fits(schema, story));
    for (int i = 0; i < schema->n_events; i++) storyworld_state_happen(story, schema->event[i]);
    for (int i = 0; i < 2; i++) row->claim[i] = schema->claim[i];

    StoryWriter writer;
    storyworld_clause_begin(&writer, story, draws, true);
    fill(&writer, *choose(schema->before, draws), A);
    if (schema->before_of_b) fill(&writer, *choose(schema->before_of_b, draws), B);
    memcpy(row->text[0], writer.text, writer.size + 1);

    const char *const *after = choose(schema->after[0], draws);
    size_t begin = writer.size + 1;  /* behind a space */
    writer.discourse.place = NOBODY; /* no "there": which place is the question */
    fill(&writer, schema->after[row->label][after - schema->after[0]], row->label);
    snprintf(row->text[1], sizeof row->text[1], "%s", writer.text + begin);
    for (int i = 0; i < 2; i++)
        snprintf(row->text[2 + i], sizeof row->text[2 + i], "%s",
                 storyworld_lexicon_names[story->person[i].name].name);
    row->n_texts = 4;
}
