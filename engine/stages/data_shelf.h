/* The data sets of a plan, each opened and hashed once. A run finds its own by the hash that its document
 * names: it cannot read anything else.
 *
 * Ownership  data sets live in the shelf's arena
 * Threads    read-only once the plan is built */
#ifndef STAGES_DATA_SHELF_H
#define STAGES_DATA_SHELF_H

#include "data/dataset/dataset.h"

typedef struct DataShelfItem {
    const char *name;       /* of a data set, or the path of a folder */
    const Dataset *dataset; /* NULL of a folder */
    const DatasetInfo *info;
    HashText hash; /* of the content */
    struct DataShelfItem *next;
} DataShelfItem;

typedef struct DataShelf {
    DatasetPlaces places;
    Arena *arena;
    DataShelfItem *first;   /* data sets */
    DataShelfItem *folders; /* with models: without dataset and info */
} DataShelf;

/* The data set of this name, from its manifest; nothing is fetched. NULL on failure. */
const DataShelfItem *data_shelf_open(DataShelf *shelf, const char *name, Error *err) MUST_USE;

/* A folder with a model of Hugging Face's library, as it stands; its content is that of its weights and of what
 * says how they are to be read. NULL on failure. */
const DataShelfItem *data_shelf_open_folder(DataShelf *shelf, const char *folder,
                                            Error *err) MUST_USE;

/* Is one of this name open? */
bool data_shelf_has(const DataShelf *shelf, const char *name);

/* How the open one is called whose content had this hash when it was opened; NULL: there is none. */
const char *data_shelf_name(const DataShelf *shelf, const char *hash);

/* The open one whose content has this hash, hashed again; NULL on failure, and when there is none. */
const Dataset *data_shelf_find(const DataShelf *shelf, const char *hash, Arena *scratch,
                               Error *err) MUST_USE;

/* The same of a folder; *folder NULL: none that is open has it. */
bool data_shelf_find_folder(const char **folder, const DataShelf *shelf, const char *hash,
                            Arena *scratch, Error *err) MUST_USE;

#endif
