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
