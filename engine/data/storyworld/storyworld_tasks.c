#include "data/storyworld/storyworld_tasks.h"

#include <assert.h>
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include "data/storyworld/storyworld_claims.h"
#include "data/storyworld/storyworld_cloze.h"
#include "data/storyworld/storyworld_corrupt.h"
#include "data/storyworld/storyworld_lexicon.h"
#include "data/storyworld/storyworld_narrate.h"
#include "data/storyworld/storyworld_plots.h"
#include "data/storyworld/storyworld_pronouns.h"
#include "data/storyworld/storyworld_recall.h"
#include "data/storyworld/storyworld_relatedness.h"
#include "data/storyworld/storyworld_similarity.h"

enum { SENTENCE_LEAST_WORDS = 5, SENTENCE_MOST_WORDS = 14 };

typedef struct Maker {
    StoryworldRow *row;
    StoryDraws draws;
    bool held_out;
    int distance;
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

static void copy_text(char *text, const StoryNarrator *narrator)
{
    memcpy(text, narrator->writer.text, narrator->writer.size + 1);
}

static const StoryDiscourse *told(const Maker *maker)
{
    return &maker->narrator.writer.discourse;
}

static void simulate(Maker *maker)
{
    storyworld_plots_simulate(&maker->row->story, &maker->draws, true, maker->held_out);
}

/* The whole story as the row's first text. */
static void narrate(Maker *maker)
{
    StoryworldRow *row = maker->row;
    storyworld_narrate_begin(&maker->narrator, &row->story, &maker->draws, STYLE_PASSAGE);
    storyworld_narrate_events(&maker->narrator, 0, row->story.n_events);
    copy_text(row->text[0], &maker->narrator);
}

/* --- acceptability ------------------------------------------------------------------------------------- */

static bool has_word(const char *text, const char *word)
{
    size_t size = strlen(word);
    for (const char *at = text; (at = strstr(at, word)); at++)
        if ((at == text || at[-1] == ' ') && !isalpha((unsigned char)at[size])) return true;
    return false;
}

/* A sentence that names a person and an object, so that no held-out one can stand in a book. */
static bool names_both(const char *text, const Story *story)
{
    bool person = false, object = false;
    for (int i = 0; i < STORY_PEOPLE; i++)
        person = person || has_word(text, storyworld_lexicon_names[story->person[i].name].name);
    for (int i = 0; i < STORY_OBJECTS; i++)
        object = object || has_word(text, storyworld_lexicon_objects[story->object[i].noun].noun);
    return person && object;
}

/* One sentence of a story, which is English, into `original`. */
static bool make_sentence(Maker *maker)
{
    StoryworldRow *row = maker->row;
    simulate(maker);
    int first = below(maker, row->story.n_events);
    int count = first + 1 < row->story.n_events && chance(maker, 50) ? 2 : 1;
    storyworld_narrate_begin(&maker->narrator, &row->story, &maker->draws, STYLE_LONE);
    storyworld_narrate_events(&maker->narrator, first, count);
    const char *text = maker->narrator.writer.text;
    int words = count_words(text);
    bool single = strchr(text, '.') == text + strlen(text) - 1;
    if (!single || words < SENTENCE_LEAST_WORDS || words > SENTENCE_MOST_WORDS ||
        !names_both(text, &row->story))
        return false;
    copy_text(row->original, &maker->narrator);
    return true;
}

static bool make_acceptability(Maker *maker)
{
    StoryworldRow *row = maker->row;
    if (!make_sentence(maker)) return false;
    row->n_texts = 1;
    if (row->label == 0) {
        row->rule = storyworld_corrupt(row->text[0], row->original, &maker->draws);
        return row->rule >= 0;
    }
    copy_text(row->text[0], &maker->narrator);
    return true;
}

/* The kind is the rule. */
static bool make_pairs(Maker *maker)
{
    StoryworldRow *row = maker->row;
    row->rule = row->label;
    row->facet[0] = storyworld_corrupt_rule_name(row->rule);
    if (!make_sentence(maker) ||
        !storyworld_corrupt_by(row->text[1], row->original, row->rule, &maker->draws))
        return false;
    copy_text(row->text[0], &maker->narrator);
    row->label = -1;
    row->n_texts = 2;
    return true;
}

/* --- sentiment ------------------------------------------------------------------------------------------ */

static bool make_sentiment(Maker *maker)
{
    StoryworldRow *row = maker->row;
    simulate(maker);
    StoryMood mood = row->story.state.mood[0];
    if (mood == MOOD_NONE || (mood < MOOD_SAD) != (row->label == 1)) return false;
    const StoryEvent feels = {.kind = EVENT_FEELS,
                              .link = LINK_SO,
                              .b = NOBODY,
                              .o = NOBODY,
                              .q = NOBODY,
                              .p = NOBODY,
                              .again = NOBODY};
    if (chance(maker, 35)) storyworld_state_happen(&row->story, feels);
    row->n_texts = 1;
    narrate(maker);
    return true;
}

/* --- entailment and ending --------------------------------------------------------------------------------- */

/* A sentence of its own for a statement, by full names. */
static void state(Maker *maker, char *text, const StoryEvent *claim)
{
    storyworld_narrate_begin(&maker->narrator, &maker->row->story, &maker->draws, STYLE_LONE);
    if (claim->o != NOBODY) maker->narrator.writer.discourse.object_known[claim->o] = true;
    storyworld_narrate_clause(&maker->narrator, claim, NULL);
    copy_text(text, &maker->narrator);
}

static bool make_entailment(Maker *maker)
{
    StoryworldRow *row = maker->row;
    simulate(maker);
    narrate(maker);
    StoryEvent right, wrong;
    if (row->label == 1) {
        if (!storyworld_claims_open(&row->claim[0], &row->story, told(maker), &maker->draws))
            return false;
    } else {
        if (!storyworld_claims_pair(&right, &wrong, &row->story, told(maker), &maker->draws))
            return false;
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
    narrate(maker);
    StoryEvent right, wrong;
    if (!storyworld_claims_pair(&right, &wrong, &row->story, told(maker), &maker->draws))
        return false;
    row->claim[row->label] = right;
    row->claim[1 - row->label] = wrong;
    row->n_texts = 3;
    maker->narrator.writer.discourse.place = NOBODY; /* no "there": which place is the question */
    const StoryNarrator passage = maker->narrator;
    const StoryDraws draws = maker->draws;
    for (int i = 0; i < 2; i++) {
        maker->narrator = passage;
        maker->draws = draws;
        storyworld_narrate_clause(&maker->narrator, &row->claim[i], NULL);
        snprintf(row->text[1 + i], sizeof row->text[1 + i], "%s",
                 maker->narrator.writer.text + passage.writer.size + 1);
    }
    return true;
}

/* --- similarity --------------------------------------------------------------------------------- */

static bool make_similarity(Maker *maker)
{
    StoryworldRow *row = maker->row;
    simulate(maker);
    if (!storyworld_similarity_pair(row->claim, &row->story, row->label == 1, &maker->draws))
        return false;
    const char *avoid = NULL;
    bool known = chance(maker, 50);
    for (int i = 0; i < 2; i++) {
        storyworld_narrate_begin(&maker->narrator, &row->story, &maker->draws, STYLE_LONE);
        maker->narrator.writer.discourse.object_known[row->claim[i].o] = known;
        avoid = storyworld_narrate_clause(&maker->narrator, &row->claim[i], avoid);
        copy_text(row->text[i], &maker->narrator);
    }
    row->n_texts = 2;
    return strcmp(row->text[0], row->text[1]) != 0;
}

/* --- relatedness -------------------------------------------------------------------------------- */

static bool make_relatedness(Maker *maker)
{
    static const StoryCasting anything = {0};
    StoryworldRow *row = maker->row;
    storyworld_state_cast(&row->story, &maker->draws, &anything, maker->held_out);
    storyworld_relatedness_pair(row->claim, row->when, row->label, &maker->draws);
    const char *phrase = NULL;
    bool known = chance(maker, 50);
    for (int i = 0; i < 2; i++) {
        const StoryEvent *event = &row->claim[i];
        StoryWriter *w = &maker->narrator.writer;
        storyworld_clause_begin(w, &row->story, &maker->draws, true);
        w->discourse.object_known[event->o] = known;
        phrase =
            storyworld_clause_choose(w, event, storyworld_clause_list(w, event), false, phrase);
        storyworld_clause_word(w, storyworld_relatedness_times[row->when[i]]);
        storyworld_clause_fill(w, event, phrase);
        storyworld_clause_close(w, ".");
        copy_text(row->text[i], &maker->narrator);
    }
    row->target = row->label;
    row->label = -1;
    row->n_texts = 2;
    return true;
}

/* --- recall, pronouns and cloze -------------------------------------------------------------------- */

/* Labels 2 and 3 are 0 and 1 with the wrong answer's sentence first. Training rows are the same for every
 * distance, so that scores at several compare what one training makes of them. */
static bool make_recall(Maker *maker)
{
    bool wrong_first = maker->row->label >= 2;
    maker->row->label %= 2;
    int distance = maker->held_out ? maker->distance : 1 + below(maker, STORYWORLD_TRAIN_DISTANCE);
    storyworld_recall_write(maker->row, &maker->draws, maker->held_out, distance, wrong_first);
    return true;
}

static bool make_pronouns(Maker *maker)
{
    storyworld_pronouns_write(maker->row, &maker->draws, maker->held_out);
    return true;
}

/* Each label with each kind. */
static bool make_cloze(Maker *maker)
{
    const int kind = maker->row->label;
    maker->row->label = kind % 2;
    storyworld_cloze_write(maker->row, &maker->draws, maker->held_out, kind / 2);
    return true;
}

/* --- rows ------------------------------------------------------------------------------------------------------ */

/* Bytes of the first text and the longest other together: about 60 tokens at 500 merges. Sentences of
 * recall are counted in words instead. */
enum { ROW_MOST_BYTES = 170, ANY_BYTES = STORY_TEXT_BYTES };

/* Every run of `n_kinds` rows has each kind once; the kind is the label but where `make` says otherwise. */
static const struct {
    int n_kinds, most_bytes;
    bool pairs;                 /* the rows of a run are made of the same draws */
    bool (*make)(Maker *maker); /* false: drawn in vain, once more */
} tasks[] = {
    [STORYWORLD_ACCEPTABILITY] = {2, ROW_MOST_BYTES, false, make_acceptability},
    [STORYWORLD_SENTIMENT] = {2, ROW_MOST_BYTES, false, make_sentiment},
    [STORYWORLD_ENTAILMENT] = {3, ROW_MOST_BYTES, false, make_entailment},
    [STORYWORLD_SIMILARITY] = {2, ROW_MOST_BYTES, false, make_similarity},
    [STORYWORLD_ENDING] = {2, ROW_MOST_BYTES, false, make_ending},
    [STORYWORLD_RECALL] = {4, ANY_BYTES, false, make_recall},
    [STORYWORLD_PRONOUNS] = {2, ANY_BYTES, true, make_pronouns},
    [STORYWORLD_RELATEDNESS] = {RELATEDNESS_ASPECTS + 1, ROW_MOST_BYTES, false, make_relatedness},
    [STORYWORLD_PAIRS] = {STORYWORLD_CORRUPT_RULES, ANY_BYTES, false, make_pairs},
    [STORYWORLD_CLOZE] = {2 * STORYWORLD_CLOZE_KINDS, ANY_BYTES, false, make_cloze},
};
enum { MOST_KINDS = STORYWORLD_CORRUPT_RULES };

static bool is_short(const StoryworldRow *row, int most_bytes)
{
    size_t longest = 0;
    for (int i = 1; i < row->n_texts; i++) {
        size_t size = strlen(row->text[i]);
        if (size > longest) longest = size;
    }
    return strlen(row->text[0]) + longest <= (size_t)most_bytes;
}

/* Streams: books use site 0 (part 0, split 0). */
static uint32_t site_of(StoryworldPart part, DatasetSplit split, bool labels)
{
    return (uint32_t)part * 8 + (uint32_t)split * 2 + labels;
}

void storyworld_tasks_row(StoryworldRow *row, const StoryworldSpec *spec, DatasetSplit split,
                          uint64_t number)
{
    StoryworldPart part = (StoryworldPart)spec->part;
    assert(part >= STORYWORLD_ACCEPTABILITY && part <= STORYWORLD_CLOZE);
    uint64_t seed = (uint64_t)spec->seed, n_kinds = (uint64_t)tasks[part].n_kinds;
    uint32_t order[MOST_KINDS];
    rng_permutation(
        order, (uint32_t)n_kinds,
        rng_key_site(rng_key(seed, RNG_WORLD, number / n_kinds), site_of(part, split, true)));
    *row = (StoryworldRow){.target = NAN, .rule = -1};
    Maker maker = {.row = row,
                   .held_out = split != SPLIT_TRAIN,
                   .distance = (int)spec->distance,
                   .draws = storyworld_draw_stream(seed, site_of(part, split, false),
                                                   tasks[part].pairs ? number / n_kinds : number)};
    int kind = (int)order[number % n_kinds];
    do row->label = kind;
    while (!tasks[part].make(&maker) || !is_short(row, tasks[part].most_bytes));
}
