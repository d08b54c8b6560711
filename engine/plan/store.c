#include "plan/store.h"

#include <string.h>

#include "base/file.h"
#include "base/log.h"

static bool folder_bytes(uint64_t *bytes, const char *folder, Arena *arena, Error *err)
{
    char **names;
    size_t n;
    if (!file_list(&names, &n, folder, arena, err)) return false;
    for (size_t i = 0; i < n; i++) {
        uint64_t size;
        char *path = file_join(arena, folder, names[i], err);
        if (!path) return false;
        if (file_is_folder(path)) continue;
        if (!file_size(&size, path, err)) return false;
        *bytes += size;
    }
    return true;
}

static bool ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n >= m && !strcmp(text + n - m, end);
}

/* A key, alone or with the ending of what is beside a finished stage. Whatever else lies in a folder that somebody
 * calls a store is none of its business, and above all not removed. */
static bool is_entry(const char *name)
{
    const size_t n = sizeof((HashText *)0)->text - 1;
    if (strspn(name, "0123456789abcdef") != n) return false;
    return !name[n] || !strcmp(name + n, STAGE_PART) || !strcmp(name + n, STAGE_DAMAGED);
}

static bool read_entry(StoreEntry *entry, const char *kind_folder, const char *kind,
                       const char *key, Arena *arena, Error *err)
{
    const bool set_aside = ends_with(key, STAGE_DAMAGED);
    *entry = (StoreEntry){.kind = kind,
                          .key = key,
                          .finished = !set_aside && !ends_with(key, STAGE_PART),
                          .set_aside = set_aside};
    entry->folder = file_join(arena, kind_folder, key, err);
    if (!entry->folder || !folder_bytes(&entry->bytes, entry->folder, arena, err)) return false;
    Error damage = {0};
    StageRecord *record = arena_alloc(arena, 1, sizeof *record, err);
    if (!record) return false;
    if (entry->finished && stage_record_read(record, entry->folder, arena, &damage))
        entry->record = record;
    return true;
}

static bool add_kind(StoreList *list, size_t *capacity, const char *folder, const char *kind,
                     Arena *arena, Error *err)
{
    char **keys;
    size_t n;
    if (!file_list(&keys, &n, folder, arena, err)) return false;
    if (list->n + n > *capacity) {
        *capacity = 2 * (list->n + n);
        StoreEntry *items = arena_alloc(arena, *capacity, sizeof(StoreEntry), err);
        if (!items) return false;
        if (list->n) memcpy(items, list->items, list->n * sizeof *items);
        list->items = items;
    }
    for (size_t i = 0; i < n; i++) {
        char *entry = file_join(arena, folder, keys[i], err);
        if (!entry) return false;
        if (!is_entry(keys[i]) || !file_is_folder(entry)) continue;
        if (!read_entry(&list->items[list->n], folder, kind, keys[i], arena, err)) return false;
        list->n++;
    }
    return true;
}

bool store_list(StoreList *list, const char *store, Arena *arena, Error *err)
{
    *list = (StoreList){0};
    char **kinds;
    size_t n, capacity = 0;
    if (!file_exists(store)) return true;
    if (!file_list(&kinds, &n, store, arena, err)) return false;
    for (size_t i = 0; i < n; i++) {
        char *folder = file_join(arena, store, kinds[i], err);
        if (!folder) return false;
        if (file_is_folder(folder) && !add_kind(list, &capacity, folder, kinds[i], arena, err))
            return false;
    }
    return true;
}

/* Removes a stage's folder unless another process is writing it. */
static bool remove_entry(uint64_t *freed_bytes, const StoreEntry *entry, Arena *arena, Error *err)
{
    bool held;
    const char *suffix = entry->set_aside ? STAGE_DAMAGED : entry->finished ? "" : STAGE_PART;
    size_t length = strlen(entry->folder) - strlen(suffix);
    char *folder = arena_text_span(arena, entry->folder, length, err);
    if (!folder || !stage_lock(&held, folder, arena, err)) return false;
    if (!held) {
        log_warning("%s: left alone, because another process is running it", entry->folder);
        return true;
    }
    if (!file_remove_tree(entry->folder, err)) return false;
    *freed_bytes += entry->bytes;
    return stage_unlock(folder, arena, err);
}

static bool is_whole(bool *whole, const StoreEntry *entry, Arena *arena, Error *err)
{
    Error damage = {0};
    *whole = false;
    if (!entry->record) return true;
    if (!stage_record_check(&damage, entry->folder, entry->key, arena, err)) return false;
    *whole = damage.n_errors == 0;
    return true;
}

bool store_clean(uint64_t *freed_bytes, const StoreList *list, bool only_unfinished, Error *err)
{
    *freed_bytes = 0;
    Arena *arena = arena_create("store", err);
    bool ok = arena != NULL;
    for (size_t i = 0; ok && i < list->n; i++) {
        ArenaMark mark = arena_mark(arena);
        bool whole = false;
        ok = (!only_unfinished || is_whole(&whole, &list->items[i], arena, err)) &&
             (whole || remove_entry(freed_bytes, &list->items[i], arena, err));
        arena_reset(arena, mark); /* closes the lock */
    }
    arena_destroy(arena);
    return ok;
}

/* --- explain ---------------------------------------------------------------------------------- */

/* Where two documents differ; text NULL: count only. */
typedef struct Difference {
    Buffer *text;
    int n;
} Difference;

static bool differ(Difference *difference, const char *path, const Json *before, const Json *now,
                   Arena *arena, Error *err);

/* A value in words; an absent one is at its default, or a stage that is not read. */
static char *word(const Json *value, bool is_stage, Arena *arena, Error *err)
{
    if (!value) return arena_text(arena, is_stage ? "none" : "(default)", err);
    if (is_stage) return arena_format(arena, err, "%.12s", json_text(value));
    return json_canonical(value, arena, err);
}

static bool say(Difference *difference, const char *path, const Json *before, const Json *now,
                Arena *arena, Error *err)
{
    static const char inputs[] = "inputs.";
    bool is_stage = !strncmp(path, inputs, strlen(inputs));
    difference->n++;
    if (!difference->text) return true;
    char *old_word = word(before, is_stage, arena, err),
         *new_word = word(now, is_stage, arena, err);
    if (!old_word || !new_word) return false;
    if (is_stage)
        return buffer_format(difference->text, err, "    reads another %s stage: %s -> %s\n",
                             path + strlen(inputs), old_word, new_word);
    return buffer_format(difference->text, err, "    %s: %s -> %s\n", path, old_word, new_word);
}

static bool differ_objects(Difference *difference, const char *path, const Json *before,
                           const Json *now, Arena *arena, Error *err)
{
    const char *key;
    Json *value;
    for (size_t i = 0; i < json_size(now); i++) {
        json_member(now, i, &key, &value);
        char *inner = arena_format(arena, err, "%s%s%s", path, *path ? "." : "", key);
        if (!inner || !differ(difference, inner, json_get(before, key), value, arena, err))
            return false;
    }
    for (size_t i = 0; i < json_size(before); i++) {
        json_member(before, i, &key, &value);
        if (json_get(now, key)) continue;
        char *inner = arena_format(arena, err, "%s%s%s", path, *path ? "." : "", key);
        if (!inner || !say(difference, inner, value, NULL, arena, err)) return false;
    }
    return true;
}

static bool differ(Difference *difference, const char *path, const Json *before, const Json *now,
                   Arena *arena, Error *err)
{
    if (before && now && json_same(before, now)) return true;
    if (before && now && json_type(before) == JSON_OBJECT_VALUE &&
        json_type(now) == JSON_OBJECT_VALUE)
        return differ_objects(difference, path, before, now, arena, err);
    return say(difference, path, before, now, arena, err);
}

/* The finished stage of the same kind whose document differs in the fewest places. */
static bool nearest(const Json **document, const Stage *stage, const StoreList *list, Arena *arena,
                    Error *err)
{
    int least = -1;
    *document = NULL;
    for (size_t i = 0; i < list->n; i++) {
        const StoreEntry *entry = &list->items[i];
        if (!entry->record || strcmp(entry->kind, stage->kind->name) != 0) continue;
        Difference difference = {0};
        const Json *made_from = entry->record->made_from;
        if (!differ(&difference, "", made_from, stage->document, arena, err)) return false;
        if (least >= 0 && difference.n >= least) continue;
        least = difference.n;
        *document = made_from;
    }
    return true;
}

/* By its name alone it is done. */
static bool explain_damage(Buffer *text, const Stage *stage, Error *err)
{
    Error damage = {0};
    return stage_record_check(&damage, stage->folder, stage->key.text, text->arena, err) &&
           (damage.n_errors == 0 ||
            buffer_format(text, err, "    damaged, and made again by a run: %s\n", damage.text));
}

bool store_explain(Buffer *text, const Stage *stage, const StoreList *list, Error *err)
{
    char *part = arena_format(text->arena, err, "%s" STAGE_PART, stage->folder);
    if (!part) return false;
    const char *state = !stage->done && file_is_folder(part) ? "to do (interrupted; it will go on)"
                                                             : stage_state(stage);
    if (!buffer_format(text, err, "%s (%s): %s\n", stage->kind->name, stage->title, state))
        return false;
    if (stage->done) return explain_damage(text, stage, err);
    const Json *before;
    if (!nearest(&before, stage, list, text->arena, err)) return false;
    if (!before) return buffer_format(text, err, "    no stage of this kind was ever finished\n");
    Difference difference = {.text = text};
    return differ(&difference, "", before, stage->document, text->arena, err);
}
