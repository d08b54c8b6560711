#include "stages/data_shelf.h"

#include <string.h>

#include "base/file.h"
#include "model/huggingface.h"

static DataShelfItem *open_new(const DataShelf *shelf, const char *name, Error *err)
{
    DataShelfItem *item = arena_alloc(shelf->arena, 1, sizeof *item, err);
    Dataset *dataset = item ? dataset_open(name, &shelf->places, shelf->arena, err) : NULL;
    if (!dataset) return NULL;
    *item = (DataShelfItem){.name = name, .dataset = dataset, .info = dataset_info(dataset)};
    return dataset_hash(&item->hash, dataset, shelf->arena, err) ? item : NULL;
}

const DataShelfItem *data_shelf_open(DataShelf *shelf, const char *name, Error *err)
{
    DataShelfItem **place = &shelf->first;
    for (; *place; place = &(*place)->next)
        if (!strcmp((*place)->name, name)) return *place;
    *place = open_new(shelf, name, err);
    return *place;
}

bool data_shelf_has(const DataShelf *shelf, const char *name)
{
    const DataShelfItem *item = shelf->first;
    while (item && strcmp(item->name, name) != 0) item = item->next;
    return item != NULL;
}

const char *data_shelf_name(const DataShelf *shelf, const char *hash)
{
    const DataShelfItem *item = shelf->first;
    while (item && strcmp(item->hash.text, hash) != 0) item = item->next;
    return item ? item->name : NULL;
}

const Dataset *data_shelf_find(const DataShelf *shelf, const char *hash, Arena *scratch, Error *err)
{
    for (const DataShelfItem *item = shelf->first; item; item = item->next) {
        HashText now;
        if (strcmp(item->hash.text, hash) != 0) continue;
        if (!dataset_hash(&now, item->dataset, scratch, err)) return NULL;
        if (!strcmp(now.text, hash)) return item->dataset;
    }
    error_set(err, "no data set that is open has the content %.12s, which the stage is made from",
              hash);
    error_hint(err, "the same command again: it is planned anew with the data sets as they are");
    return NULL;
}

/* --- folders ---------------------------------------------------------------------------------------- */

/* As `sha256sum` lists the files, by name. */
static bool hash_folder(HashText *digest, const char *folder, Arena *arena, Error *err)
{
    char **names;
    size_t n;
    Hash *hash = hash_begin(arena, err);
    if (!hash || !file_list(&names, &n, folder, arena, err)) return false;
    for (size_t i = 0; i < n; i++) {
        HashText one;
        const char *path = file_join(arena, folder, names[i], err);
        if (!path) return false;
        if (!huggingface_is_content(names[i])) continue;
        if (!hash_file(&one, path, err)) return false;
        hash_add_line(hash, &one, names[i]);
    }
    *digest = hash_end(hash);
    return true;
}

const DataShelfItem *data_shelf_open_folder(DataShelf *shelf, const char *folder, Error *err)
{
    DataShelfItem **place = &shelf->folders;
    for (; *place; place = &(*place)->next)
        if (!strcmp((*place)->name, folder)) return *place;
    DataShelfItem *item = arena_alloc(shelf->arena, 1, sizeof *item, err);
    if (!item || !hash_folder(&item->hash, folder, shelf->arena, err)) return NULL;
    item->name = folder;
    return *place = item;
}

bool data_shelf_find_folder(const char **folder, const DataShelf *shelf, const char *hash,
                            Arena *scratch, Error *err)
{
    *folder = NULL;
    for (const DataShelfItem *item = shelf->folders; item && !*folder; item = item->next) {
        HashText now;
        if (strcmp(item->hash.text, hash) != 0) continue;
        if (!hash_folder(&now, item->name, scratch, err)) return false;
        if (!strcmp(now.text, hash)) *folder = item->name;
    }
    return true;
}
