#include "plan/explain.h"

#include <string.h>

#include "base/file.h"

/* What differs between a stage and an earlier one of its kind, the stages that they read included. */
typedef struct Differences {
    const Explain *explain;
    Arena *arena;
    size_t n, room;
    ExplainChange *items;
} Differences;

/* --- a list of changes, each once ------------------------------------------------------------------ */

static bool add_change(ExplainChange **items, size_t *n, size_t *room, const char *words,
                       const char *kind, Arena *arena, Error *err)
{
    for (size_t i = 0; i < *n; i++)
        if (!strcmp((*items)[i].words, words)) {
            (*items)[i].n_stages++;
            return true;
        }
    ExplainChange *more = arena_grow(arena, *items, *n, room, sizeof *more, err);
    if (!more) return false;
    *items = more;
    const char *copy = arena_text(arena, words, err);
    if (copy) more[(*n)++] = (ExplainChange){copy, kind, 1};
    return copy != NULL;
}

static bool differ(Differences *differences, const char *kind, const char *words, Error *err)
{
    return words && add_change(&differences->items, &differences->n, &differences->room, words,
                               kind, differences->arena, err);
}

/* --- two documents --------------------------------------------------------------------------------- */

/* A value in words; an absent one is at its default. Hashes of content are cut short. */
static const char *word(const Json *value, Arena *arena, Error *err)
{
    enum { HASH = sizeof((HashText *)0)->text - 1 };
    if (!value) return "(default)";
    if (json_type(value) == JSON_TEXT_VALUE && strlen(json_text(value)) == HASH &&
        strspn(json_text(value), "0123456789abcdef") == HASH)
        return arena_format(arena, err, "%.12s", json_text(value));
    return json_canonical(value, arena, err);
}

static bool compare_values(Differences *differences, const char *kind, const char *path,
                           const Json *before, const Json *now, Error *err)
{
    const char *old_word = word(before, differences->arena, err),
               *new_word = old_word ? word(now, differences->arena, err) : NULL;
    if (!new_word) return false;
    if (!strcmp(path, "version"))
        return differ(differences, kind,
                      arena_format(differences->arena, err,
                                   "numerics of %s in the engine: %s -> %s", kind, old_word,
                                   new_word),
                      err);
    return differ(differences, kind,
                  arena_format(differences->arena, err, "%s: %s -> %s", path, old_word, new_word),
                  err);
}

static bool is_object(const Json *value)
{
    return value && json_type(value) == JSON_OBJECT_VALUE;
}

static bool compare(Differences *differences, const char *kind, const char *path,
                    const Json *before, const Json *now, Error *err);

/* The members of both, first those that are there now. */
static bool compare_members(Differences *differences, const char *kind, const char *path,
                            const Json *before, const Json *now, Error *err)
{
    const Json *const lists[] = {now, before};
    for (int l = 0; l < 2; l++)
        for (size_t i = 0; i < json_size(lists[l]); i++) {
            const char *key;
            Json *value;
            json_member(lists[l], i, &key, &value);
            if (l == 1 && json_get(now, key)) continue;
            const char *inner =
                arena_format(differences->arena, err, "%s%s%s", path, *path ? "." : "", key);
            if (!inner ||
                !compare(differences, kind, inner, json_get(before, key), json_get(now, key), err))
                return false;
        }
    return true;
}

static bool compare(Differences *differences, const char *kind, const char *path,
                    const Json *before, const Json *now, Error *err)
{
    if (before && now && json_same(before, now)) return true;
    return is_object(before) && is_object(now)
               ? compare_members(differences, kind, path, before, now, err)
               : compare_values(differences, kind, path, before, now, err);
}

/* --- two stages ------------------------------------------------------------------------------------ */

static const StageRecord *find_record(const StoreList *list, const char *kind, const char *key)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->items[i].record && !strcmp(list->items[i].kind, kind) &&
            !strcmp(list->items[i].key, key))
            return list->items[i].record;
    return NULL;
}

static Json *without_inputs(const Json *document, Arena *arena, Error *err)
{
    Json *fields = json_clone(document, arena, err);
    if (fields) json_remove(fields, "inputs");
    return fields;
}

/* The fields of both documents: completed, or where the earlier one cannot be as they are. */
static bool own_fields(const Json **old, const Json **now, const Explain *explain,
                       const Stage *stage, const Json *before, Arena *arena, Error *err)
{
    Json *completed[2] = {NULL, NULL};
    const Json *const documents[2] = {before, stage->document};
    for (int i = 0; explain->complete && i < 2; i++)
        if (!explain->complete(&completed[i], stage, documents[i], arena, err)) return false;
    const bool both = completed[0] && completed[1];
    *old = both ? completed[0] : without_inputs(before, arena, err);
    *now = both ? completed[1] : without_inputs(stage->document, arena, err);
    return *old && *now;
}

static bool compare_stages(Differences *differences, const Stage *stage, const Json *before,
                           Error *err);

/* An input of both that is another one now; or one that only the earlier stage had, or that only this one has. */
static bool compare_input(Differences *differences, const Stage *stage, const char *kind,
                          const Json *before, Error *err)
{
    const Explain *explain = differences->explain;
    const char *old_key = before && json_type(before) == JSON_TEXT_VALUE ? json_text(before) : NULL;
    const Stage *input = NULL;
    for (int i = 0; i < stage->n_inputs; i++)
        if (!strcmp(stage->input[i]->kind->name, kind)) input = stage->input[i];
    if (input && old_key && !strcmp(input->key.text, old_key)) return true;
    const StageRecord *record = old_key ? find_record(explain->list, kind, old_key) : NULL;
    if (input && record) return compare_stages(differences, input, record->made_from, err);
    return differ(
        differences, stage->kind->name,
        arena_format(differences->arena, err, "reads another %s stage: %.12s -> %.12s%s", kind,
                     old_key ? old_key : "none", input ? input->key.text : "none",
                     input && old_key ? ", and the former is no longer in the store" : ""),
        err);
}

static bool compare_inputs(Differences *differences, const Stage *stage, const Json *before,
                           Error *err)
{
    for (int i = 0; i < stage->n_inputs; i++) {
        const char *kind = stage->input[i]->kind->name;
        if (!compare_input(differences, stage, kind, before ? json_get(before, kind) : NULL, err))
            return false;
    }
    for (size_t i = 0; before && i < json_size(before); i++) {
        const char *kind;
        Json *key;
        bool is_read = false;
        json_member(before, i, &kind, &key);
        for (int k = 0; k < stage->n_inputs; k++)
            is_read |= !strcmp(stage->input[k]->kind->name, kind);
        if (!is_read && !compare_input(differences, stage, kind, key, err)) return false;
    }
    return true;
}

static bool compare_stages(Differences *differences, const Stage *stage, const Json *before,
                           Error *err)
{
    const Json *inputs = json_get(before, "inputs"), *old, *now;
    return own_fields(&old, &now, differences->explain, stage, before, differences->arena, err) &&
           compare(differences, stage->kind->name, "", old, now, err) &&
           compare_inputs(differences, stage, is_object(inputs) ? inputs : NULL, err);
}

/* --- the nearest ----------------------------------------------------------------------------------- */

/* How many fields and inputs of a document differ, without what is behind the inputs: enough to pass over most. */
static size_t count_own(const Json *before, const Json *now)
{
    if (before && now && json_same(before, now)) return 0;
    if (!is_object(before) || !is_object(now)) return 1;
    size_t n = 0;
    const char *key;
    Json *value;
    for (size_t i = 0; i < json_size(now); i++) {
        json_member(now, i, &key, &value);
        n += count_own(json_get(before, key), value);
    }
    for (size_t i = 0; i < json_size(before); i++) {
        json_member(before, i, &key, &value);
        n += json_get(now, key) == NULL;
    }
    return n;
}

typedef struct Nearness {
    bool other_title;
    size_t own, all; /* differences */
} Nearness;

static int compare_nearness(const Nearness *a, const Nearness *b)
{
    if (a->other_title != b->other_title) return a->other_title ? 1 : -1;
    if (a->own != b->own) return a->own < b->own ? -1 : 1;
    if (a->all != b->all) return a->all < b->all ? -1 : 1;
    return 0;
}

static bool count_all(size_t *n, const Explain *explain, const Stage *stage, const Json *before,
                      Arena *arena, Error *err)
{
    const ArenaMark mark = arena_mark(arena);
    Differences differences = {.explain = explain, .arena = arena};
    const bool ok = compare_stages(&differences, stage, before, err);
    *n = differences.n;
    arena_reset(arena, mark);
    return ok;
}

/* NULL: none of the kind was ever finished. */
static bool find_nearest(const StageRecord **nearest, const Explain *explain, const Stage *stage,
                         Arena *arena, Error *err)
{
    Nearness least = {.own = 0};
    *nearest = NULL;
    for (size_t i = 0; i < explain->list->n; i++) {
        const StageRecord *record = explain->list->items[i].record;
        if (!record || strcmp(explain->list->items[i].kind, stage->kind->name) != 0) continue;
        Nearness here = {strcmp(record->title, stage->title) != 0,
                         count_own(record->made_from, stage->document), least.all};
        if (*nearest && compare_nearness(&here, &least) > 0) continue;
        if (!count_all(&here.all, explain, stage, record->made_from, arena, err)) return false;
        const int order = *nearest ? compare_nearness(&here, &least) : -1;
        if (order > 0 || (order == 0 && strcmp(record->finished, (*nearest)->finished) <= 0))
            continue;
        *nearest = record;
        least = here;
    }
    return true;
}

/* --- in words -------------------------------------------------------------------------------------- */

Explain explain_begin(const StoreList *list, ExplainComplete *complete, Arena *arena)
{
    return (Explain){.list = list, .complete = complete, .arena = arena};
}

/* By its name alone it is done. */
static bool add_damage(Buffer *text, const Stage *stage, Error *err)
{
    Error damage = {0};
    return stage_record_check(&damage, stage->folder, stage->key.text, text->arena, err) &&
           (damage.n_errors == 0 ||
            buffer_format(text, err, "    damaged, and made again by a run: %s\n", damage.text));
}

static bool add_changes(Buffer *text, Explain *explain, const Stage *stage,
                        const StageRecord *nearest, Arena *arena, Error *err)
{
    Differences differences = {.explain = explain, .arena = arena};
    if (!compare_stages(&differences, stage, nearest->made_from, err)) return false;
    if (strcmp(nearest->title, stage->title) != 0 &&
        !buffer_format(text, err, "    the nearest that was ever finished is %s (%s)\n",
                       stage->kind->name, nearest->title))
        return false;
    for (size_t i = 0; i < differences.n; i++) {
        const ExplainChange *change = &differences.items[i];
        const bool own = !strcmp(change->kind, stage->kind->name);
        if (!buffer_format(text, err, "    %s%s%s%s\n", change->words, own ? "" : " (of ",
                           own ? "" : change->kind, own ? "" : ", which it needs)") ||
            !add_change(&explain->changes, &explain->n, &explain->room, change->words, change->kind,
                        explain->arena, err))
            return false;
    }
    return true;
}

static bool add_reasons(Buffer *text, Explain *explain, const Stage *stage, Arena *arena,
                        Error *err)
{
    const StageRecord *nearest;
    explain->n_to_do += stage_is_to_do(stage);
    if (!find_nearest(&nearest, explain, stage, arena, err)) return false;
    if (!nearest)
        return buffer_add_text(text, "    no stage of this kind was ever finished\n", err);
    return add_changes(text, explain, stage, nearest, arena, err);
}

bool explain_stage(Buffer *text, Explain *explain, const Stage *stage, Error *err)
{
    char *part = arena_format(text->arena, err, "%s" STAGE_PART, stage->folder);
    if (!part) return false;
    const char *state = !stage->done && file_is_folder(part) ? "to do (interrupted; it will go on)"
                                                             : stage_state(stage);
    explain->n_stages++;
    if (!buffer_format(text, err, "%s (%s): %s\n", stage->kind->name, stage->title, state))
        return false;
    if (stage->done) return add_damage(text, stage, err);
    Arena *scratch = arena_create("explanation", err);
    const bool ok = scratch && add_reasons(text, explain, stage, scratch, err);
    arena_destroy(scratch);
    return ok;
}

bool explain_summary(Buffer *text, const Explain *explain, Error *err)
{
    if (!buffer_format(text, err, "\n%d of %d stages to do%s\n", explain->n_to_do,
                       explain->n_stages, explain->n ? "; what was changed:" : ""))
        return false;
    for (size_t i = 0; i < explain->n; i++) {
        const ExplainChange *change = &explain->changes[i];
        if (!buffer_format(text, err, "  %s (%d stage%s)\n", change->words, change->n_stages,
                           change->n_stages == 1 ? "" : "s"))
            return false;
    }
    return true;
}
