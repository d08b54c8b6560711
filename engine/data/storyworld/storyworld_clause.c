#include "data/storyworld/storyworld_clause.h"

#include <assert.h>
#include <ctype.h>
#include <string.h>
#include "data/storyworld/storyworld_feelings.h"
#include "data/storyworld/storyworld_lexicon.h"

enum { TOKEN_BYTES = 48 };

void storyworld_clause_begin(StoryWriter *w, const Story *story, StoryDraws *draws, bool names_only)
{
    w->discourse = storyworld_refer_begin(story, draws, names_only);
    w->capital = true;
    w->size = 0;
    w->text[0] = '\0';
}

/* --- writing ----------------------------------------------------------------------------------- */

static void put(StoryWriter *w, const char *text)
{
    for (; *text; text++) {
        assert(w->size + 1 < STORY_TEXT_BYTES);
        char c = *text;
        if (w->capital && isalpha((unsigned char)c)) {
            c = (char)toupper((unsigned char)c);
            w->capital = false;
        }
        w->text[w->size++] = c;
    }
    w->text[w->size] = '\0';
}

static void put_space(StoryWriter *w)
{
    if (w->size > 0 && w->text[w->size - 1] != ' ') put(w, " ");
}

void storyworld_clause_open(StoryWriter *w)
{
    put_space(w);
    w->capital = true;
}

void storyworld_clause_word(StoryWriter *w, const char *word)
{
    put_space(w);
    put(w, word);
}

void storyworld_clause_mark(StoryWriter *w, const char *mark)
{
    put(w, mark);
}

void storyworld_clause_close(StoryWriter *w, const char *mark)
{
    put(w, mark);
    storyworld_refer_next_sentence(&w->discourse);
}

/* --- slots --------------------------------------------------------------------------------------- */

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
    switch (letter) {
    case 'A': return e->a;
    case 'B': return e->b;
    case 'O': return e->o;
    case 'Q': return e->q;
    default: return e->p;
    }
}

static void put_slot(StoryWriter *w, const StoryEvent *e, const Slot *slot)
{
    char phrase[STORY_PHRASE_BYTES];
    int number = filler(e, slot->letter);
    if (slot->letter == 'P') storyworld_refer_place(phrase, &w->discourse, number, slot->form);
    else if (slot->letter == 'A' || slot->letter == 'B')
        storyworld_refer_person(phrase, &w->discourse, number, slot->form, slot->forced);
    else /* what is swapped for O belongs to A */
        storyworld_refer_object(phrase, &w->discourse, number,
                                slot->letter == 'O' ? e->owner : e->a, slot->form, slot->forced);
    put(w, slot->head);
    put(w, phrase);
    put(w, slot->tail);
}

const char *storyworld_clause_words(const char *phrase)
{
    return phrase[0] == '(' ? strchr(phrase, ')') + strlen(") ") : phrase;
}

void storyworld_clause_fill(StoryWriter *w, const StoryEvent *e, const char *phrase)
{
    char token[TOKEN_BYTES];
    for (const char *rest = storyworld_clause_words(phrase); (rest = next_token(token, rest));) {
        Slot slot = parse_slot(token);
        put_space(w);
        if (slot.letter) put_slot(w, e, &slot);
        else put(w, token);
    }
    /* A wish is for some kite, and "bought a red kite" can follow it. */
    if (storyworld_kinds[e->kind].wish) return;
    if (e->o != NOBODY) w->discourse.object_known[e->o] = true;
    if (e->q != NOBODY) w->discourse.object_known[e->q] = true;
}

/* --- choosing phrases ------------------------------------------------------------------------------ */

static bool condition_holds(const Story *story, const StoryEvent *e, const char *phrase)
{
    static const struct {
        const char *word;
        uint8_t kinds;
    } conditions[] = {
        {"(small)", OBJECT_SMALL},       {"(animal)", OBJECT_ANIMAL},
        {"(food)", OBJECT_FOOD},         {"(thing)", OBJECT_THING},
        {"(lifeless)", OBJECT_LIFELESS}, {"(inedible)", OBJECT_THING | OBJECT_ANIMAL}};
    if (phrase[0] != '(') return true;
    if (strncmp(phrase, "(child)", 7) == 0) return !story->person[e->a].adult;
    uint8_t kind = storyworld_lexicon_objects[story->object[e->o].noun].kind;
    if (strncmp(phrase, "(handy)", 7) == 0) return !(kind & (OBJECT_LARGE | OBJECT_ANIMAL));
    for (size_t i = 0; i < sizeof conditions / sizeof conditions[0]; i++)
        if (strncmp(phrase, conditions[i].word, strlen(conditions[i].word)) == 0)
            return (kind & conditions[i].kinds) != 0;
    assert(!"a condition that exists");
    return false;
}

static bool slots_are_filled(const StoryEvent *e, const char *phrase)
{
    char token[TOKEN_BYTES];
    for (const char *rest = storyworld_clause_words(phrase); (rest = next_token(token, rest));) {
        char letter = parse_slot(token).letter;
        if (letter && filler(e, letter) == NOBODY) return false;
    }
    return true;
}

static bool is_simple(const char *phrase)
{
    return !strchr(phrase, ',') && !strstr(phrase, " and ") && !strstr(phrase, " but ") &&
           !strstr(phrase, "once") && !strstr(phrase, "whoever") &&
           strncmp(phrase, "now ", 4) != 0 && strncmp(phrase, "from then", 9) != 0;
}

const char *storyworld_clause_choose(StoryWriter *w, const StoryEvent *e,
                                     const char *const *phrases, bool simple, const char *avoid)
{
    const char *fitting[32];
    int n_fitting = 0;
    for (; phrases && *phrases; phrases++) {
        if (*phrases == avoid || (simple && !is_simple(*phrases))) continue;
        if (!condition_holds(w->discourse.story, e, *phrases) || !slots_are_filled(e, *phrases))
            continue;
        assert(n_fitting < 32);
        fitting[n_fitting++] = *phrases;
    }
    return n_fitting ? fitting[storyworld_draw_below(w->discourse.draws, n_fitting)] : NULL;
}

const char *const *storyworld_clause_list(StoryWriter *w, const StoryEvent *e)
{
    if (e->kind != EVENT_FEELS) return storyworld_phrases[e->kind].clauses;
    bool general = storyworld_draw_chance(w->discourse.draws, 40);
    StoryMood plain = e->mood >= MOOD_SAD ? MOOD_SAD : MOOD_HAPPY;
    return storyworld_feelings[general ? plain : e->mood].clauses;
}
