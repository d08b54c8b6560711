#include "data/storyworld_narrate.h"

#include <assert.h>
#include <ctype.h>
#include <string.h>
#include "data/storyworld_lexicon.h"

enum { TOKEN_BYTES = 48, MOST_WORDS_JOINED = 15 };

void storyworld_narrate_begin(StoryNarrator *narrator, const Story *story, StoryDraws *draws,
                              StoryStyle style)
{
    narrator->discourse = storyworld_refer_begin(story, draws, style == STYLE_LONE);
    narrator->style = style;
    narrator->size = 0;
    narrator->text[0] = '\0';
    narrator->capital = true;
}

/* --- writing ----------------------------------------------------------------------------------------- */

static void put(StoryNarrator *n, const char *text)
{
    for (; *text; text++) {
        assert(n->size + 1 < STORY_TEXT_BYTES);
        char c = *text;
        if (n->capital && isalpha((unsigned char)c)) {
            c = (char)toupper((unsigned char)c);
            n->capital = false;
        }
        n->text[n->size++] = c;
    }
    n->text[n->size] = '\0';
}

static void put_space(StoryNarrator *n)
{
    if (n->size > 0 && n->text[n->size - 1] != ' ') put(n, " ");
}

static void put_word(StoryNarrator *n, const char *word)
{
    put_space(n);
    put(n, word);
}

/* --- slots ------------------------------------------------------------------------------------------- */

typedef struct Slot {
    char letter; /* 0: not a slot, a plain word */
    bool forced; /* the form stands before the letter */
    char form[TOKEN_BYTES];
    char head[4]; /* opening quotation mark */
    char tail[8]; /* closing punctuation */
} Slot;

static bool is_letter(char c)
{
    return c && strchr("ABOQP", c);
}

static Slot parse_slot(const char *token)
{
    Slot slot = {0};
    size_t size = strlen(token), begin = token[0] == '"', end = size;
    while (end > begin && ispunct((unsigned char)token[end - 1])) end--;
    if (begin) slot.head[0] = '"';
    size_t form_begin = begin, form_end = begin;
    if (end - begin == 1 && is_letter(token[begin])) {
        slot.letter = token[begin];
    } else if (end - begin > 2 && is_letter(token[begin]) && token[begin + 1] == ':') {
        slot.letter = token[begin];
        form_begin = begin + 2, form_end = end;
    } else if (end - begin > 2 && is_letter(token[end - 1]) && token[end - 2] == ':') {
        slot.letter = token[end - 1];
        slot.forced = true;
        form_end = end - 2;
    }
    memcpy(slot.form, token + form_begin, form_end - form_begin);
    assert(size - end < sizeof slot.tail);
    memcpy(slot.tail, token + end, size - end);
    return slot;
}

/* Copies the next word of a phrase; NULL after the last. */
static const char *next_token(char token[TOKEN_BYTES], const char *phrase)
{
    while (*phrase == ' ') phrase++;
    if (!*phrase) return NULL;
    size_t size = strcspn(phrase, " ");
    assert(size < TOKEN_BYTES);
    memcpy(token, phrase, size);
    token[size] = '\0';
    return phrase + size;
}

static int filler(const StoryEvent *e, char letter)
{
    return letter == 'A'   ? e->a
           : letter == 'B' ? e->b
           : letter == 'O' ? e->o
           : letter == 'Q' ? e->q
                           : e->p;
}

static void put_slot(StoryNarrator *n, const StoryEvent *e, const Slot *slot)
{
    char phrase[STORY_PHRASE_BYTES];
    int number = filler(e, slot->letter);
    bool person = slot->letter == 'A' || slot->letter == 'B';
    if (person)
        storyworld_refer_person(phrase, &n->discourse, number, slot->form, slot->forced);
    else if (slot->letter == 'P')
        storyworld_refer_place(phrase, &n->discourse, number, slot->form);
    else {
        int owner = slot->letter == 'O' ? e->owner : e->a;
        storyworld_refer_object(phrase, &n->discourse, number, owner, slot->form, slot->forced);
    }
    put(n, phrase);
}

/* Wishes do not make a thing known: "Tom wanted a red kite. He bought a red kite." */
static bool makes_known(StoryEventKind kind)
{
    return kind != EVENT_WANTS && kind != EVENT_STILL_WANTS && kind != EVENT_FAILS_TO_MAKE &&
           kind != EVENT_FAILS_TO_BUY;
}

static void put_clause(StoryNarrator *n, const StoryEvent *e, const char *phrase)
{
    char token[TOKEN_BYTES];
    while ((phrase = next_token(token, phrase))) {
        Slot slot = parse_slot(token);
        put_space(n);
        if (!slot.letter) {
            put(n, token);
            continue;
        }
        put(n, slot.head);
        put_slot(n, e, &slot);
        put(n, slot.tail);
    }
    if (!makes_known(e->kind)) return;
    if (e->o != NOBODY) n->discourse.object_known[e->o] = true;
    if (e->q != NOBODY) n->discourse.object_known[e->q] = true;
}

static void begin_sentence(StoryNarrator *n)
{
    put_space(n);
    n->capital = true;
}

static void end_sentence(StoryNarrator *n, const char *mark)
{
    put(n, mark);
    storyworld_refer_next_sentence(&n->discourse);
}

/* --- choosing phrases --------------------------------------------------------------------------------- */

static bool phrase_fits(const StoryNarrator *n, const StoryEvent *e, const StoryPhrase *phrase)
{
    const Story *story = n->discourse.story;
    if (phrase->need & PHRASE_OF_CHILD && story->person[e->a].adult) return false;
    uint8_t kinds = phrase->need & (uint8_t)~PHRASE_OF_CHILD;
    if (kinds && !(storyworld_lexicon_objects[story->object[e->o].noun].kind & kinds)) return false;
    char token[TOKEN_BYTES];
    const char *rest = phrase->text;
    while ((rest = next_token(token, rest))) {
        Slot slot = parse_slot(token);
        if (slot.letter && filler(e, slot.letter) == NOBODY) return false;
    }
    return true;
}

/* Fit to be joined to another clause: has no joint of its own. */
static bool is_simple(const char *phrase)
{
    return !strchr(phrase, ',') && !strstr(phrase, " and ") && !strstr(phrase, " but ") &&
           !strstr(phrase, "once") && strncmp(phrase, "now ", 4) != 0 &&
           strncmp(phrase, "from then", 9) != 0;
}

/* The number of a random fitting phrase, or -1. */
static int choose_phrase(StoryNarrator *n, const StoryEvent *e, const StoryPhrase *phrases,
                         bool simple, int avoid)
{
    int fitting[32], n_fitting = 0;
    for (int i = 0; phrases && phrases[i].text; i++) {
        assert(i < 32);
        if (i != avoid && (!simple || is_simple(phrases[i].text)) && phrase_fits(n, e, &phrases[i]))
            fitting[n_fitting++] = i;
    }
    return n_fitting ? fitting[storyworld_draw_below(n->discourse.draws, n_fitting)] : -1;
}

static const StoryPhrase *clauses_of(StoryNarrator *n, const StoryEvent *e)
{
    if (e->kind != EVENT_FEELS) return storyworld_phrases[e->kind].clauses;
    bool general = storyworld_draw_chance(n->discourse.draws, 40);
    StoryMood mood = general ? (e->mood >= MOOD_SAD ? MOOD_SAD : MOOD_HAPPY) : e->mood;
    return storyworld_phrases_moods[mood].clauses;
}

static const char *choose_clause(StoryNarrator *n, const StoryEvent *e, bool simple)
{
    const StoryPhrase *phrases = clauses_of(n, e);
    int number = choose_phrase(n, e, phrases, simple, -1);
    assert(number >= 0);
    return phrases[number].text;
}

static const char *choose_word(StoryNarrator *n, const char *const *words)
{
    int count = 0;
    while (words[count]) count++;
    return words[storyworld_draw_below(n->discourse.draws, count)];
}

/* --- sentences ---------------------------------------------------------------------------------------- */

static int subject_of(const StoryEvent *e, const char *phrase)
{
    return strncmp(phrase, "A ", 2) == 0 ? e->a : strncmp(phrase, "B ", 2) == 0 ? e->b : NOBODY;
}

static int words_in(const char *text)
{
    int words = 1;
    for (; *text; text++) words += *text == ' ' || (*text == ':' && text[1] == 'O');
    return words;
}

/* Phrases that begin with a time or place of their own take no further one. */
static bool takes_link(const char *phrase)
{
    static const char *const heads[] = {"now ",    "from ", "there ", "in:P ", "one ",
                                        "it was ", "once ", "what ",  NULL};
    for (int i = 0; heads[i]; i++)
        if (strncmp(phrase, heads[i], strlen(heads[i])) == 0) return false;
    return true;
}

/* What leads over from the event before; nothing for events that open a story or only describe. */
static void put_link(StoryNarrator *n, const StoryEvent *e, const char *phrase, bool first)
{
    bool scene = e->kind == EVENT_IS_AT || e->kind == EVENT_GOES || e->kind == EVENT_RACE ||
                 e->kind == EVENT_WANTS || e->kind == EVENT_MISSES;
    const char *const *words = NULL;
    bool book = n->style == STYLE_BOOK;
    if (n->style == STYLE_LONE) return;
    if (first) {
        if (book && scene) words = storyworld_phrases_openings;
    } else {
        switch (e->link) {
        case LINK_NONE:
        case LINK_ALSO: break;
        case LINK_THEN: words = storyworld_phrases_then; break;
        case LINK_SO: words = storyworld_phrases_so; break;
        case LINK_BUT: words = storyworld_phrases_but; break;
        case LINK_LATER: words = storyworld_phrases_later; break;
        case LINK_GOOD_END:
            words = book ? storyworld_phrases_good_end : storyworld_phrases_then;
            break;
        case LINK_BAD_END:
            words = book ? storyworld_phrases_bad_end : storyworld_phrases_but;
            break;
        }
    }
    if (!words || !takes_link(phrase)) return;
    const char *word = choose_word(n, words);
    if (word[0]) put_word(n, word);
}

/* Something that takes place at a moment, so that "when" or "after" can stand before it. */
static bool is_moment(StoryEventKind kind)
{
    switch (kind) {
    case EVENT_GOES:
    case EVENT_GO_TOGETHER:
    case EVENT_COMES:
    case EVENT_ASKS:
    case EVENT_GIVES:
    case EVENT_LENDS:
    case EVENT_RETURNS:
    case EVENT_TAKES:
    case EVENT_SWAPS:
    case EVENT_LOSES:
    case EVENT_FINDS:
    case EVENT_BREAKS:
    case EVENT_MENDS:
    case EVENT_BUYS:
    case EVENT_MAKES:
    case EVENT_PUTS:
    case EVENT_WINS:
    case EVENT_MEETS: return true;
    default: return false;
    }
}

typedef struct Joint {
    const char *before, *between; /* before: NULL for the link of the first event */
    bool swapped;                 /* the second event comes first */
    bool elided;                  /* the second subject is left out */
} Joint;

/* How two clauses go together; false when they do not. `same`: they have one subject. */
static bool choose_joint(Joint *joint, StoryNarrator *n, const StoryEvent *e,
                         const StoryEvent *next, bool same)
{
    StoryDraws *draws = n->discourse.draws;
    bool reason = storyworld_state_moves_hearts(e->kind) || e->kind == EVENT_SAVES;
    switch (next->link) {
    case LINK_SO:
        if (next->kind == EVENT_FEELS && storyworld_draw_chance(draws, 35))
            *joint = (Joint){"", " because", true, false};
        else if (reason && next->kind != EVENT_OWNER && storyworld_draw_chance(draws, 35))
            *joint =
                (Joint){storyworld_draw_chance(draws, 60) ? "because" : "since", ",", false, false};
        else
            *joint = (Joint){NULL, ", so", false, false};
        return true;
    case LINK_BUT:
    case LINK_BAD_END:
        if (e->kind == EVENT_SEARCHES && storyworld_draw_chance(draws, 40))
            *joint = (Joint){"although", ",", false, false};
        else
            *joint = (Joint){NULL, ", but", false, false};
        return true;
    case LINK_ALSO:
        *joint = (Joint){NULL, same ? " and" : ", and", false, same};
        return same || storyworld_draw_chance(draws, 40);
    case LINK_THEN:
    case LINK_GOOD_END:
        if (is_moment(e->kind) && storyworld_draw_chance(draws, 45))
            *joint =
                (Joint){storyworld_draw_chance(draws, 60) ? "when" : "after", ",", false, false};
        else
            *joint = (Joint){NULL, same ? " and" : ", and", false, same};
        return true;
    default: return false;
    }
}

/* Tells two events in one sentence; false when they do not go together. */
static bool tell_joined(StoryNarrator *n, const StoryEvent *e, const StoryEvent *next, bool first)
{
    if (e->kind == EVENT_LIVES || e->kind == EVENT_WEATHER || next->kind == EVENT_RECALLS)
        return false;
    const StoryPhrase *ones = clauses_of(n, e), *twos = clauses_of(n, next);
    int number_one = choose_phrase(n, e, ones, true, -1),
        number_two = choose_phrase(n, next, twos, true, -1);
    if (number_one < 0 || number_two < 0) return false;
    const char *one = ones[number_one].text, *two = twos[number_two].text;
    if (words_in(one) + words_in(two) > MOST_WORDS_JOINED) return false;
    Joint joint;
    int subject = subject_of(e, one);
    if (!choose_joint(&joint, n, e, next, subject != NOBODY && subject == subject_of(next, two)))
        return false;
    begin_sentence(n);
    bool linked = joint.between[0] == ',' &&
                  (e->link == LINK_SO || e->link == LINK_BUT); /* "So ..., so ..." */
    if (!joint.before && !linked)
        put_link(n, e, one, first);
    else if (joint.before && joint.before[0])
        put_word(n, joint.before);
    put_clause(n, joint.swapped ? next : e, joint.swapped ? two : one);
    put(n, joint.between);
    put_clause(n, joint.swapped ? e : next, joint.swapped ? one : joint.elided ? two + 2 : two);
    end_sentence(n, ".");
    return true;
}

static void tell_alone(StoryNarrator *n, const StoryEvent *e, bool first)
{
    const StoryPhrase *spoken = e->kind == EVENT_FEELS ? storyworld_phrases_moods[e->mood].spoken
                                                       : storyworld_phrases[e->kind].spoken;
    if (spoken && storyworld_draw_chance(n->discourse.draws, n->style == STYLE_BOOK      ? 22
                                                             : n->style == STYLE_PASSAGE ? 8
                                                                                         : 0)) {
        int number = choose_phrase(n, e, spoken, false, -1);
        if (number >= 0) {
            begin_sentence(n);
            put_clause(n, e, spoken[number].text);
            end_sentence(n, "");
            return;
        }
    }
    begin_sentence(n);
    const char *phrase = choose_clause(n, e, false);
    put_link(n, e, phrase, first);
    put_clause(n, e, phrase);
    end_sentence(n, ".");
}

static void recall(StoryNarrator *n, const StoryEvent *e)
{
    StoryEvent again = n->discourse.story->event[e->again];
    again.owner = NOBODY;
    begin_sentence(n);
    put_word(n, choose_word(n, storyworld_phrases_recall));
    put_clause(n, &again, choose_clause(n, &again, true));
    end_sentence(n, ".");
}

void storyworld_narrate_events(StoryNarrator *n, int first, int count)
{
    const StoryEvent *events = n->discourse.story->event + first;
    for (int i = 0; i < count;) {
        bool opens =
            i == 0 || events[i - 1].kind == EVENT_LIVES || events[i - 1].kind == EVENT_WEATHER;
        if (events[i].kind == EVENT_RECALLS) {
            recall(n, &events[i++]);
        } else if (i + 1 < count && events[i + 1].link != LINK_NONE &&
                   events[i + 1].link != LINK_LATER &&
                   storyworld_draw_chance(n->discourse.draws, 50) &&
                   tell_joined(n, &events[i], &events[i + 1], opens)) {
            i += 2;
        } else {
            tell_alone(n, &events[i], opens);
            i++;
        }
    }
}

int storyworld_narrate_clause(StoryNarrator *n, const StoryEvent *event, int avoid)
{
    const StoryPhrase *phrases = clauses_of(n, event);
    int number = choose_phrase(n, event, phrases, false, avoid);
    if (number < 0) number = avoid;
    storyworld_narrate_phrase(n, event, phrases[number].text);
    return number;
}

void storyworld_narrate_phrase(StoryNarrator *n, const StoryEvent *event, const char *phrase)
{
    begin_sentence(n);
    put_clause(n, event, phrase);
    end_sentence(n, ".");
}
