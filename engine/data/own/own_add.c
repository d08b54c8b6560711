#include "data/own/own_add.h"

#include <string.h>

#include "data/own/own_manifest.h"
#include "data/own/own_name.h"
#include "data/own/own_place.h"
#include "data/own/own_text.h"
#include "data/own/own_words.h"

/* --- the name ------------------------------------------------------------------------------------- */

static bool choose_name(const char **name, const char *path, const OwnAsked *asked, Arena *arena,
                        Error *err)
{
    if (asked->name) {
        *name = asked->name;
        return own_name_check(asked->name, err);
    }
    *name = own_name_of(path, arena, err);
    if (!*name || **name) return *name != NULL;
    error_usage(err, "%s: no name of a data set follows from it", path);
    return error_hint(err, "--name, such as --name film-reviews");
}

/* --- rows ----------------------------------------------------------------------------------------- */

/* As they will be, but for rows that stay together. */
static void expect_rows(OwnSet *set)
{
    for (size_t f = 0; f < set->n_files; f++)
        set->rows[set->files[f].split] += (int64_t)set->files[f].rows.n;
    for (int s = 0; s < N_SPLITS; s++) {
        set->rows[s] += set->carved[s];
        set->rows[SPLIT_TRAIN] -= set->carved[s];
    }
}

/* Which labels training rows have: of one alone nothing is learnt. */
static bool check_labels(Buffer *words, const OwnSet *set, const Examples *train, Arena *scratch,
                         Error *err)
{
    const OwnColumn *label = &set->columns.items[set->columns.label];
    bool *seen = arena_alloc(scratch, label->n_values, sizeof *seen, err);
    size_t n_seen = 0;
    if (!seen) return false;
    for (size_t i = 0; i < train->n; i++) seen[train->items[i].label] = true;
    for (size_t i = 0; i < label->n_values; i++) n_seen += seen[i];
    if (train->n == 0) {
        error_usage(err,
                    "%s: no row is left to train on: all have the same text, and rows of one "
                    "text stay in one split",
                    set->files[0].path);
        return error_hint(err, "rows with different texts, or --text with another column");
    }
    if (n_seen < 2) {
        error_usage(err, "%s: fewer than two labels are left among %zu training rows",
                    set->files[0].path, train->n);
        return error_hint(err, "more rows of the rare labels");
    }
    for (size_t i = 0; i < label->n_values; i++)
        if (!seen[i] &&
            !buffer_format(words, err, "  note        no training row has the label '%s'\n",
                           label->value[i]))
            return false;
    return true;
}

/* Reads every split, as everyone will, and counts it. */
static bool count_rows(Buffer *words, OwnSet *set, const OwnPlace *place, Arena *scratch,
                       Error *err)
{
    const Json *manifest = own_manifest_of_rows(set, scratch, err);
    const Dataset *dataset = manifest ? own_place_open(place, manifest, err) : NULL;
    if (!dataset) return false;
    for (int s = 0; s < SPLIT_SUBMISSION; s++) {
        Examples examples;
        if (!dataset_examples(&examples, dataset, (DatasetSplit)s, scratch, err)) return false;
        set->rows[s] = (int64_t)examples.n;
        if (s == SPLIT_TRAIN && set->form.form != DATASET_REGRESSION &&
            !check_labels(words, set, &examples, scratch, err))
            return false;
    }
    return true;
}

static bool add_rows(Buffer *words, OwnPlace *place, const char *const *paths, size_t n,
                     const OwnAsked *asked, Arena *scratch, Error *err)
{
    OwnSet set;
    Buffer notes = buffer_create(scratch), again = buffer_create(scratch);
    if (!own_set_read(&set, place->name, paths, n, asked, scratch, err) ||
        !own_words_of_files(words, &set, err))
        return false;
    if (asked->look) {
        expect_rows(&set);
        return own_words_of_splits(words, &set, err);
    }
    if (!own_place_claim(place, err)) return false;
    for (size_t f = 0; f < n; f++) {
        const OwnFile *file = &set.files[f];
        if (!own_place_write(place, file->stored, file->content, file->bytes, err)) return false;
    }
    return count_rows(&notes, &set, place, scratch, err) &&
           count_rows(&again, &set, place, scratch, err) && own_words_of_splits(words, &set, err) &&
           (notes.size == 0 || buffer_add(words, notes.data, notes.size, err));
}

/* --- the whole ------------------------------------------------------------------------------------ */

/* Columns, labels and forms are of rows: who asks for them means rows. */
static bool is_corpus(const char *const *paths, size_t n, const OwnAsked *asked)
{
    const bool rows = asked->text || asked->text_b || asked->label || asked->form ||
                      asked->delimiter || asked->header;
    return own_text_is(paths, n) && !rows;
}

/* They stand in a manifest, which is checked only when it is written. */
static bool check_words(const OwnAsked *asked, Arena *arena, Error *err)
{
    const SpecReader reader = {"command line", arena, err};
    const struct {
        const char *option, *text;
    } words[] = {{"--title", asked->title}, {"--licence", asked->licence}, {"--home", asked->home}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i].text)
            spec_check_text(&reader, words[i].option, "the text", words[i].text, false);
    return err->n_errors == 0;
}

static bool add(OwnAdded *added, OwnPlace *place, const char *const *paths, size_t n,
                const OwnAsked *asked, Error *err)
{
    Arena *scratch = arena_create("own data", err);
    if (!scratch) return false;
    bool done = added->corpus ? own_place_claim(place, err) &&
                                    own_text_add(&added->words, place, paths, n, asked, err)
                              : add_rows(&added->words, place, paths, n, asked, scratch, err);
    if (done && !asked->look) {
        added->manifest = place->manifest;
        done = own_place_commit(place, err);
    }
    arena_destroy(scratch);
    return done;
}

bool own_add(OwnAdded *added, const char *const *paths, size_t n, const OwnAsked *asked,
             const DatasetPlaces *places, Arena *arena, Error *err)
{
    OwnPlace place;
    *added = (OwnAdded){.corpus = is_corpus(paths, n, asked), .words = buffer_create(arena)};
    if (!check_words(asked, arena, err) ||
        !choose_name(&added->name, paths[0], asked, arena, err) ||
        !own_place_begin(&place, added->name, asked->replace || asked->look, places, arena, err))
        return false;
    const bool done = add(added, &place, paths, n, asked, err);
    own_place_end(&place);
    return done || error_wrap(err, "adding data set '%s'; nothing was written", added->name);
}
