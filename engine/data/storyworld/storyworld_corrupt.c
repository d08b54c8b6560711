#include "data/storyworld/storyworld_corrupt.h"

#include <assert.h>
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include "data/storyworld/storyworld_lexicon.h"

enum { MOST_WORDS = 48, WORD_BYTES = 24 };

typedef struct Word {
    char text[WORD_BYTES]; /* lower case at the start of the sentence, unless a name */
    char tail[4];          /* punctuation after it */
} Word;

typedef struct Sentence {
    Word word[MOST_WORDS];
    int n;
} Sentence;

/* --- kinds of words ----------------------------------------------------------------------------------- */

static bool among(const char *word, const char *const *words)
{
    for (int i = 0; words[i]; i++)
        if (strcmp(word, words[i]) == 0) return true;
    return false;
}

#define IS(word, ...) among(word, (const char *const[]){__VA_ARGS__, NULL})

static const LexiconName *find_name(const char *word)
{
    for (int i = 0; i < LEXICON_NAMES; i++)
        if (strcmp(word, storyworld_lexicon_names[i].name) == 0)
            return &storyworld_lexicon_names[i];
    return NULL;
}

static const LexiconObject *find_object(const char *word)
{
    for (int i = 0; i < LEXICON_OBJECTS; i++)
        if (strcmp(word, storyworld_lexicon_objects[i].noun) == 0)
            return &storyworld_lexicon_objects[i];
    return NULL;
}

static bool is_adjective(const char *word)
{
    for (int i = 0; i < LEXICON_OBJECTS; i++)
        if (among(word, storyworld_lexicon_objects[i].adjectives)) return true;
    return false;
}

static bool is_place(const char *word)
{
    for (int i = 1; i < LEXICON_PLACES; i++)
        if (strcmp(word, storyworld_lexicon_places[i].name + strlen("the ")) == 0) return true;
    return false;
}

static const LexiconVerb *find_past(const char *word)
{
    for (const LexiconVerb *verb = storyworld_lexicon_verbs; verb->base; verb++)
        if (strcmp(word, verb->past) == 0) return verb;
    return NULL;
}

static const LexiconVerb *find_base(const char *word)
{
    for (const LexiconVerb *verb = storyworld_lexicon_verbs; verb->base; verb++)
        if (strcmp(word, verb->base) == 0) return verb;
    return NULL;
}

static bool is_article(const char *word)
{
    return IS(word, "the", "a", "an");
}
static bool is_nominal(const char *word)
{
    return find_object(word) || is_adjective(word) || is_place(word);
}

/* --- helpers of the rules ------------------------------------------------------------------------------ */

static const char *text_at(const Sentence *s, int i)
{
    return i >= 0 && i < s->n ? s->word[i].text : "";
}
static bool open_after(const Sentence *s, int i)
{
    return i >= 0 && s->word[i].tail[0] == '\0';
}

static void set_text(Sentence *s, int i, const char *text)
{
    size_t size = strlen(text) + 1;
    assert(size <= WORD_BYTES);
    memcpy(s->word[i].text, text, size);
}

static void remove_word(Sentence *s, int i)
{
    if (i > 0 && s->word[i].tail[0])
        memcpy(s->word[i - 1].tail, s->word[i].tail, sizeof s->word[i].tail);
    memmove(&s->word[i], &s->word[i + 1], (size_t)(s->n - i - 1) * sizeof(Word));
    s->n--;
}

static void swap_words(Sentence *s, int i)
{
    char text[WORD_BYTES];
    memcpy(text, s->word[i].text, sizeof text);
    memcpy(s->word[i].text, s->word[i + 1].text, sizeof text);
    memcpy(s->word[i + 1].text, text, sizeof text);
}

/* A single subject that begins a clause right before word i: its past verb stands at i. */
static bool subject_before(const Sentence *s, int i)
{
    if (i < 1 || !open_after(s, i - 1)) return false;
    if (!find_name(text_at(s, i - 1)) && !IS(text_at(s, i - 1), "he", "she")) return false;
    return i == 1 || !open_after(s, i - 2) ||
           IS(text_at(s, i - 2), "when", "after", "because", "since", "so", "although");
}

/* --- the rules: each does its harm at word i, or returns false ------------------------------------------- */

static bool swap_article(Sentence *s, int i) /* "red the kite" */
{
    if (!is_article(text_at(s, i)) || !open_after(s, i) || !is_nominal(text_at(s, i + 1)))
        return false;
    swap_words(s, i);
    return true;
}

static bool drop_article(Sentence *s, int i) /* "found red kite" */
{
    if (!is_article(text_at(s, i))) return false;
    const LexiconObject *object = find_object(text_at(s, i + 1));
    if (!object) object = find_object(text_at(s, i + 2));
    if (is_place(text_at(s, i + 1)) ? IS(text_at(s, i + 1), "school", "market")
                                    : !object || object->plural)
        return false;
    remove_word(s, i);
    return true;
}

static bool double_word(Sentence *s, int i) /* "the the kite" */
{
    if (s->n == MOST_WORDS || !open_after(s, i)) return false;
    if (!IS(text_at(s, i), "the", "a", "an", "to", "of", "was", "he", "she", "his", "from", "could",
            "it"))
        return false;
    memmove(&s->word[i + 1], &s->word[i], (size_t)(s->n - i) * sizeof(Word));
    s->n++;
    return true;
}

static bool past_for_base(Sentence *s, int i) /* "could not found", "wanted to went" */
{
    const LexiconVerb *verb = find_base(text_at(s, i));
    if (!verb || i == 0 || !IS(text_at(s, i - 1), "to", "not", "could", "would", "did"))
        return false;
    if (strcmp(text_at(s, i - 1), "not") == 0 && !IS(text_at(s, i - 2), "could", "would", "did"))
        return false;
    set_text(s, i, verb->past);
    return true;
}

static bool gerund_for_past(Sentence *s, int i) /* "Tom losing the kite." */
{
    const LexiconVerb *verb = find_past(text_at(s, i));
    if (!verb || !subject_before(s, i)) return false;
    set_text(s, i, verb->gerund);
    return true;
}

static bool base_for_past(Sentence *s, int i) /* "Tom lose the kite." */
{
    const LexiconVerb *verb = find_past(text_at(s, i));
    if (!verb || !subject_before(s, i)) return false;
    set_text(s, i, verb->base);
    return true;
}

static bool wrong_case(Sentence *s, int i) /* "gave she the kite", "Him lost the kite" */
{
    static const char *const forms[][2] = {
        {"he", "him"}, {"she", "her"}, {"him", "he"}, {"they", "them"}};
    for (int k = 0; k < 4; k++)
        if (strcmp(text_at(s, i), forms[k][0]) == 0) {
            set_text(s, i, forms[k][1]);
            return true;
        }
    bool last = !open_after(s, i) ||
                IS(text_at(s, i + 1), "the", "a", "in", "at", "on", "by", "for", "from", "to");
    if (strcmp(text_at(s, i), "her") == 0 && last) set_text(s, i, "she");
    else if (strcmp(text_at(s, i), "his") == 0 && is_nominal(text_at(s, i + 1)))
        set_text(s, i, "he");
    else return false;
    return true;
}

static bool wrong_number(Sentence *s, int i) /* "Tom were sad", "the boots was" */
{
    const LexiconObject *object = find_object(text_at(s, i - 1));
    bool one = find_name(text_at(s, i - 1)) || IS(text_at(s, i - 1), "he", "she", "it") ||
               (object && !object->plural);
    if (strcmp(text_at(s, i), "was") == 0 && one && !IS(text_at(s, i - 2), "and", "wished", "if"))
        set_text(s, i, "were");
    else if (strcmp(text_at(s, i), "were") == 0 && object && object->plural) set_text(s, i, "was");
    else return false;
    return true;
}

static bool drop_preposition(Sentence *s, int i) /* "went the park" */
{
    if (i == 0 || !open_after(s, i - 1) ||
        !IS(text_at(s, i), "to", "from", "in", "at", "on", "of", "with"))
        return false;
    const char *next = text_at(s, i + 1), *before = text_at(s, i - 1);
    if (!IS(next, "the", "a", "an", "him", "it", "them") && !find_name(next)) return false;
    /* "walked the park", "was the park", "gave it him", "found Tom the park" can be read. */
    if (IS(before, "walked", "ran", "hurried", "path", "dreamed", "happened", "was", "were",
           "still"))
        return false;
    if (find_name(before) || IS(before, "it", "them", "him", "her")) return false;
    remove_word(s, i);
    return true;
}

static bool wrong_article(Sentence *s, int i) /* "an kite", "a apple" */
{
    if (!IS(text_at(s, i), "a", "an")) return false;
    set_text(s, i, text_at(s, i)[1] ? "a" : "an");
    return true;
}

static bool verb_first(Sentence *s, int i) /* "Lost Tom the kite." */
{
    if (!find_past(text_at(s, i)) || !subject_before(s, i)) return false;
    swap_words(s, i - 1);
    return true;
}

/* "a kite red"; not "found the kite red", which can be read. */
static bool noun_first(Sentence *s, int i)
{
    if (!is_adjective(text_at(s, i)) || !find_object(text_at(s, i + 1))) return false;
    bool subject = strcmp(text_at(s, i - 1), "the") == 0 &&
                   (i == 1 || IS(text_at(s, i - 2), "for", "of", "with", "to"));
    if (!subject && !IS(text_at(s, i - 1), "a", "an")) return false;
    swap_words(s, i);
    return true;
}

static bool plural_after_a(Sentence *s, int i) /* "a red kites" */
{
    const LexiconObject *object = find_object(text_at(s, i));
    bool article = IS(text_at(s, i - 1), "a", "an") ||
                   (is_adjective(text_at(s, i - 1)) && IS(text_at(s, i - 2), "a", "an"));
    if (!object || object->plural || !article) return false;
    size_t size = strlen(object->noun);
    bool hissing = strchr("xsh", object->noun[size - 1]) != NULL;
    char plural[WORD_BYTES + 2];
    snprintf(plural, sizeof plural, "%s%s", object->noun, hissing ? "es" : "s");
    if (strcmp(object->noun, "scarf") == 0 || object->noun[size - 1] == 'y')
        return false; /* change their stem */
    set_text(s, i, plural);
    return true;
}

static bool drop_verb(Sentence *s, int i) /* "Tom the kite in the park." */
{
    if (!subject_before(s, i) || i + 1 >= s->n) return false;
    if (!find_past(text_at(s, i)) && strcmp(text_at(s, i), "was") != 0 &&
        strcmp(text_at(s, i), "had") != 0)
        return false;
    remove_word(s, i);
    return true;
}

static bool wrong_sex(Sentence *s, int i) /* "Tom ... herself" */
{
    bool male = strcmp(text_at(s, i), "himself") == 0,
         female = strcmp(text_at(s, i), "herself") == 0;
    if (!male && !female) return false;
    for (int k = 0; k < s->n; k++) {
        const LexiconName *name = find_name(text_at(s, k));
        if ((name && name->female == male) ||
            IS(text_at(s, k), male ? "she" : "he", male ? "her" : "him"))
            return false;
    }
    set_text(s, i, male ? "herself" : "himself");
    return true;
}

/* The past verb of the clause that ends in the noun at word i; -1: none. */
static int verb_before(const Sentence *s, int i)
{
    for (int k = i - 1; k > 0 && open_after(s, k); k--)
        if (find_past(text_at(s, k)) && subject_before(s, k)) return k;
    return -1;
}

static bool verb_for_noun(Sentence *s, int i) /* "Tom lost a red lost." */
{
    int verb = find_object(text_at(s, i)) ? verb_before(s, i) : -1;
    if (verb < 0) return false;
    set_text(s, i, text_at(s, verb));
    return true;
}

static const struct {
    const char *name;
    bool (*apply)(Sentence *s, int i);
} rules[] = {
    {"swap_article", swap_article},
    {"drop_article", drop_article},
    {"double_word", double_word},
    {"past_for_base", past_for_base},
    {"gerund_for_past", gerund_for_past},
    {"base_for_past", base_for_past},
    {"wrong_case", wrong_case},
    {"wrong_number", wrong_number},
    {"drop_preposition", drop_preposition},
    {"wrong_article", wrong_article},
    {"verb_first", verb_first},
    {"noun_first", noun_first},
    {"plural_after_a", plural_after_a},
    {"drop_verb", drop_verb},
    {"wrong_sex", wrong_sex},
    {"verb_for_noun", verb_for_noun},
};
enum { N_RULES = sizeof rules / sizeof rules[0] };
static_assert((int)N_RULES == (int)STORYWORLD_CORRUPT_RULES, "as many as the header says");

/* --- sentences to words and back -------------------------------------------------------------------------- */

static bool split(Sentence *s, const char *text)
{
    *s = (Sentence){0};
    while (*text) {
        size_t size = strcspn(text, " "), core = size;
        while (core > 0 && ispunct((unsigned char)text[core - 1])) core--;
        if (s->n == MOST_WORDS || core >= WORD_BYTES || size - core >= sizeof s->word[0].tail)
            return false;
        Word *word = &s->word[s->n++];
        memcpy(word->text, text, core);
        memcpy(word->tail, text + core, size - core);
        text += size;
        while (*text == ' ') text++;
    }
    if (s->n > 0 && !find_name(s->word[0].text) && !strchr(s->word[0].text, '\''))
        s->word[0].text[0] = (char)tolower((unsigned char)s->word[0].text[0]);
    return s->n > 0;
}

static void unite(char *text, const Sentence *s)
{
    char *end = text;
    for (int i = 0; i < s->n; i++) {
        if (i > 0) *end++ = ' ';
        end = stpcpy(stpcpy(end, s->word[i].text), s->word[i].tail);
    }
    text[0] = (char)toupper((unsigned char)text[0]);
}

static bool applies(int rule, const Sentence *whole)
{
    for (int i = 0; i < whole->n; i++) {
        Sentence copy = *whole;
        if (rules[rule].apply(&copy, i)) return true;
    }
    return false;
}

/* Somewhere in a sentence to which the rule applies. */
static void apply(char *corrupted, const Sentence *whole, int rule, StoryDraws *draws)
{
    Sentence copy;
    do copy = *whole;
    while (!rules[rule].apply(&copy, storyworld_draw_below(draws, whole->n)));
    unite(corrupted, &copy);
}

int storyworld_corrupt(char *corrupted, const char *sentence, StoryDraws *draws)
{
    Sentence whole;
    if (!split(&whole, sentence)) return -1;
    int applicable[N_RULES], n_applicable = 0;
    for (int rule = 0; rule < N_RULES; rule++)
        if (applies(rule, &whole)) applicable[n_applicable++] = rule;
    if (n_applicable == 0) return -1;
    int rule = applicable[storyworld_draw_below(draws, n_applicable)];
    apply(corrupted, &whole, rule, draws);
    return rule;
}

bool storyworld_corrupt_by(char *corrupted, const char *sentence, int rule, StoryDraws *draws)
{
    Sentence whole;
    if (!split(&whole, sentence) || !applies(rule, &whole)) return false;
    apply(corrupted, &whole, rule, draws);
    return true;
}

const char *storyworld_corrupt_rule_name(int rule)
{
    return rule >= 0 && rule < N_RULES ? rules[rule].name : NULL;
}
