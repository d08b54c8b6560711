#include "data/storyworld/storyworld_narrate.h"

#include <assert.h>
#include <string.h>
#include "data/storyworld/storyworld_feelings.h"
#include "data/storyworld/storyworld_links.h"

enum { MOST_WORDS_JOINED = 15, JOINED_PERCENT = 50 };

void storyworld_narrate_begin(StoryNarrator *n, const Story *story, StoryDraws *draws,
                              StoryStyle style)
{
    n->style = style;
    storyworld_clause_begin(&n->writer, story, draws, style == STYLE_LONE);
}

static bool chance(StoryNarrator *n, int percent)
{
    return storyworld_draw_chance(n->writer.discourse.draws, percent);
}

static bool starts_with(const char *text, const char *head)
{
    return strncmp(text, head, strlen(head)) == 0;
}

/* --- leading over ---------------------------------------------------------------------------------- */

/* Phrases that begin with a time or place of their own take no further one. */
static bool takes_link(const char *phrase)
{
    static const char *const heads[] = {"now ",  "from ", "one ",    "it was ",
                                        "once ", "what ", "whoever "};
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++)
        if (starts_with(phrase, heads[i])) return false;
    return !strstr(phrase, " always ") && !strstr(phrase, " often ");
}

static const char *const *links_of(const StoryNarrator *n, const StoryEvent *e, bool opens)
{
    bool book = n->style == STYLE_BOOK;
    if (n->style == STYLE_LONE) return NULL;
    if (opens) return book && storyworld_kinds[e->kind].scene ? storyworld_links_openings : NULL;
    switch (e->link) {
    case LINK_NONE:
    case LINK_ALSO: return NULL;
    case LINK_THEN: return storyworld_links_then;
    case LINK_SO: return storyworld_links_so;
    case LINK_BUT: return storyworld_links_but;
    case LINK_LATER: return storyworld_links_later;
    case LINK_GOOD_END: return book ? storyworld_links_good_end : storyworld_links_then;
    case LINK_BAD_END: return book ? storyworld_links_bad_end : NULL;
    }
    return NULL;
}

/* `opens`: the event is the first that is more than scenery. */
static void put_link(StoryNarrator *n, const StoryEvent *e, const char *phrase, bool opens)
{
    const char *const *links = links_of(n, e, opens);
    if (!links || !takes_link(phrase)) return;
    int count = 0;
    while (links[count]) count++;
    const char *link = links[storyworld_draw_below(n->writer.discourse.draws, count)];
    if (link[0]) storyworld_clause_word(&n->writer, link);
}

/* --- two events in one sentence ----------------------------------------------------------------------- */

typedef struct Joint {
    const char *before; /* NULL: the link of the first event */
    const char *between;
    bool swapped; /* the second event comes first */
    bool elided;  /* the second subject is left out */
} Joint;

/* How two clauses go together; false when they do not. `same`: they have one subject. */
static bool choose_joint(Joint *joint, StoryNarrator *n, const StoryEvent *e,
                         const StoryEvent *next, bool same)
{
    bool reason = storyworld_kinds[e->kind].glad != MOOD_NONE || e->kind == EVENT_SAVES;
    const Joint and = {NULL, same ? " and" : ", and", false, same};
    switch (next->link) {
    case LINK_SO:
        if (next->kind == EVENT_FEELS && chance(n, 35))
            *joint = (Joint){"", " because", true, false};
        else if (reason && next->kind != EVENT_OWNER && chance(n, 35))
            *joint = (Joint){chance(n, 60) ? "because" : "since", ",", false, false};
        else *joint = (Joint){NULL, ", so", false, false};
        return true;
    case LINK_BUT:
        if (e->kind == EVENT_SEARCHES && chance(n, 40))
            *joint = (Joint){"although", ",", false, false};
        else *joint = (Joint){NULL, ", but", false, false};
        return true;
    case LINK_ALSO: *joint = and; return same || chance(n, 40);
    case LINK_BAD_END: *joint = and; return true;
    case LINK_THEN:
    case LINK_GOOD_END:
        if (e->kind == EVENT_FEELS) *joint = (Joint){NULL, ", but", false, false};
        else if (storyworld_kinds[e->kind].moment && chance(n, 45))
            *joint = (Joint){chance(n, 60) ? "when" : "after", ",", false, false};
        else *joint = and;
        return true;
    default: return false;
    }
}

/* The person whose name begins a phrase. */
static int subject_of(const StoryEvent *e, const char *phrase)
{
    return starts_with(phrase, "A ") ? e->a : starts_with(phrase, "B ") ? e->b : NOBODY;
}

/* About as many words as the phrase will have: objects have two or three. */
static int words_in(const char *phrase)
{
    int words = 1;
    for (; *phrase; phrase++) words += *phrase == ' ' || (*phrase == ':' && phrase[1] == 'O');
    return words;
}

/* False, and nothing written, when the events do not go together. */
static bool tell_joined(StoryNarrator *n, const StoryEvent *e, const StoryEvent *next, bool opens)
{
    StoryWriter *w = &n->writer;
    if (e->kind == EVENT_LIVES || e->kind == EVENT_WEATHER || next->kind == EVENT_RECALLS)
        return false;
    const char *one = storyworld_clause_choose(w, e, storyworld_clause_list(w, e), true, NULL);
    const char *two =
        storyworld_clause_choose(w, next, storyworld_clause_list(w, next), true, NULL);
    if (!one || !two) return false;
    one = storyworld_clause_words(one);
    two = storyworld_clause_words(two);
    if (words_in(one) + words_in(two) > MOST_WORDS_JOINED) return false;
    Joint joint;
    int subject = subject_of(e, one);
    if (!choose_joint(&joint, n, e, next, subject != NOBODY && subject == subject_of(next, two)))
        return false;
    storyworld_clause_open(w);
    bool twice = joint.between[0] == ',' &&
                 (e->link == LINK_SO || e->link == LINK_BUT); /* "So ..., so ..." */
    if (!joint.before && !twice) put_link(n, e, one, opens);
    else if (joint.before && joint.before[0]) storyworld_clause_word(w, joint.before);
    storyworld_clause_fill(w, joint.swapped ? next : e, joint.swapped ? two : one);
    storyworld_clause_mark(w, joint.between);
    if (joint.elided) two += strlen("A ");
    storyworld_clause_fill(w, joint.swapped ? e : next, joint.swapped ? one : two);
    storyworld_clause_close(w, ".");
    return true;
}

/* --- one event in one sentence -------------------------------------------------------------------------- */

static bool tell_in_speech(StoryNarrator *n, const StoryEvent *e)
{
    StoryWriter *w = &n->writer;
    const char *const *spoken = e->kind == EVENT_FEELS ? storyworld_feelings[e->mood].spoken
                                                       : storyworld_phrases[e->kind].spoken;
    int percent = n->style == STYLE_BOOK ? 22 : n->style == STYLE_PASSAGE ? 8 : 0;
    if (!spoken || !chance(n, percent)) return false;
    const char *phrase = storyworld_clause_choose(w, e, spoken, false, NULL);
    if (!phrase) return false;
    storyworld_clause_open(w);
    storyworld_clause_fill(w, e, phrase);
    storyworld_clause_close(w, "");
    return true;
}

static void tell_alone(StoryNarrator *n, const StoryEvent *e, bool opens)
{
    StoryWriter *w = &n->writer;
    if (tell_in_speech(n, e)) return;
    const char *phrase = storyworld_clause_choose(w, e, storyworld_clause_list(w, e), false, NULL);
    assert(phrase);
    storyworld_clause_open(w);
    put_link(n, e, phrase, opens);
    storyworld_clause_fill(w, e, phrase);
    storyworld_clause_close(w, ".");
}

/* An earlier event in other words, and without saying again whose the thing was. */
static void tell_again(StoryNarrator *n, const StoryEvent *e)
{
    StoryWriter *w = &n->writer;
    StoryEvent again = w->discourse.story->event[e->again];
    again.owner = NOBODY;
    int count = 0;
    while (storyworld_links_recall[count]) count++;
    storyworld_clause_open(w);
    storyworld_clause_word(
        w, storyworld_links_recall[storyworld_draw_below(w->discourse.draws, count)]);
    storyworld_clause_fill(
        w, &again,
        storyworld_clause_choose(w, &again, storyworld_clause_list(w, &again), true, NULL));
    storyworld_clause_close(w, ".");
}

void storyworld_narrate_events(StoryNarrator *n, int first, int count)
{
    const StoryEvent *events = n->writer.discourse.story->event + first;
    bool opens = true; /* until something has happened */
    for (int i = 0; i < count;) {
        bool pair =
            i + 1 < count && events[i + 1].link != LINK_NONE && events[i + 1].link != LINK_LATER;
        if (events[i].kind == EVENT_RECALLS) {
            tell_again(n, &events[i]);
        } else if (pair && chance(n, JOINED_PERCENT) &&
                   tell_joined(n, &events[i], &events[i + 1], opens)) {
            i++;
        } else {
            tell_alone(n, &events[i], opens);
        }
        opens = opens && (events[i].kind == EVENT_LIVES || events[i].kind == EVENT_WEATHER);
        i++;
    }
}

const char *storyworld_narrate_clause(StoryNarrator *n, const StoryEvent *event, const char *avoid)
{
    StoryWriter *w = &n->writer;
    const char *phrase =
        storyworld_clause_choose(w, event, storyworld_clause_list(w, event), false, avoid);
    if (!phrase) phrase = avoid;
    storyworld_clause_open(w);
    storyworld_clause_fill(w, event, phrase);
    storyworld_clause_close(w, ".");
    return phrase;
}
