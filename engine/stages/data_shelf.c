#include "stages/data_shelf.h"

#include <string.h>

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
