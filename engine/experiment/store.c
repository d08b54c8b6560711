#include "experiment/store.h"

#include <string.h>

#include "base/file.h"

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

static bool read_entry(StoreEntry *entry, const char *kind_folder, const char *kind,
                       const char *key, Arena *arena, Error *err)
{
    *entry = (StoreEntry){.kind = kind, .key = key, .finished = !ends_with(key, ".part")};
    entry->folder = file_join(arena, kind_folder, key, err);
    if (!entry->folder || !folder_bytes(&entry->bytes, entry->folder, arena, err)) return false;
    if (!entry->finished) return true;
    char *path = file_join(arena, entry->folder, "stage.json", err);
    entry->words = path ? json_parse_file(path, arena, err) : NULL;
    return entry->words != NULL;
}

static bool add_kind(StoreList *list, size_t *capacity, const char *store, const char *kind,
                     Arena *arena, Error *err)
{
    char **keys;
    size_t n;
    char *folder = file_join(arena, store, kind, err);
    if (!folder || !file_list(&keys, &n, folder, arena, err)) return false;
    if (list->n + n > *capacity) {
        *capacity = 2 * (list->n + n);
        StoreEntry *items = arena_alloc(arena, *capacity, sizeof(StoreEntry), err);
        if (!items) return false;
        if (list->n) memcpy(items, list->items, list->n * sizeof *items);
        list->items = items;
    }
    for (size_t i = 0; i < n; i++) {
        if (ends_with(keys[i], ".lock")) continue;
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
    if (!file_is_folder(store)) return true;
    if (!file_list(&kinds, &n, store, arena, err)) return false;
    for (size_t i = 0; i < n; i++)
        if (!add_kind(list, &capacity, store, kinds[i], arena, err)) return false;
    return true;
}

bool store_clean(uint64_t *freed_bytes, const StoreList *list, bool only_unfinished, Error *err)
{
    *freed_bytes = 0;
    for (size_t i = 0; i < list->n; i++) {
        const StoreEntry *entry = &list->items[i];
        if (only_unfinished && entry->finished) continue;
        if (!file_remove_tree(entry->folder, err)) return false;
        *freed_bytes += entry->bytes;
    }
    return true;
}

/* --- explain ------------------------------------------------------------------------------------- */

/* Where two documents differ; text NULL: count only. */
typedef struct Difference {
    Buffer *text;
    int n;
} Difference;

static bool differ(Difference *difference, const char *path, const Json *before, const Json *now,
                   Arena *arena, Error *err);

static bool say(Difference *difference, const char *path, const Json *before, const Json *now,
                Arena *arena, Error *err)
{
    difference->n++;
    if (!difference->text) return true;
    char *old = before ? json_canonical(before, arena, err) : arena_text(arena, "(default)", err);
    char *new = now ? json_canonical(now, arena, err) : arena_text(arena, "(default)", err);
    return old && new &&buffer_format(difference->text, err, "    %s: %s -> %s\n", path, old, new);
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
        if (!entry->finished || strcmp(entry->kind, stage->kind->name)) continue;
        Difference difference = {0};
        const Json *made_from = json_get(entry->words, "made_from");
        if (!made_from || !differ(&difference, "", made_from, stage->document, arena, err))
            return false;
        if (least >= 0 && difference.n >= least) continue;
        least = difference.n;
        *document = made_from;
    }
    return true;
}

bool store_explain(Buffer *text, const Stage *stage, const StoreList *list, Error *err)
{
    if (stage->done)
        return buffer_format(text, err, "%s (%s): cached\n", stage->kind->name, stage->title);
    if (!buffer_format(text, err, "%s (%s): to do\n", stage->kind->name, stage->title))
        return false;
    const Json *before;
    if (!nearest(&before, stage, list, text->arena, err)) return false;
    if (!before) return buffer_format(text, err, "    no stage of this kind was ever finished\n");
    Difference difference = {.text = text};
    return differ(&difference, "", before, stage->document, text->arena, err);
}
