#include "novels.h"
#include <stdlib.h>
#include "base/file.h"
#include "text/bpe_method.h"
#include "text/tokenizer.h"

const DatasetPlaces *novels_places(void)
{
    static DatasetPlaces places = {"datasets", "build/data", NULL};
    places.mirror = getenv("REPRISE_MIRROR");
    return &places;
}

bool novels_read(Documents *documents, Arena *arena, Error *err)
{
    const Dataset *novels = dataset_open("english-novels", novels_places(), arena, err);
    return novels && dataset_documents(documents, novels, arena, err);
}

bool novels_learn(const Documents *documents, Arena *arena, Error *err)
{
    static BpeSpec spec = {.merges = NOVELS_MERGES};
    const SpecEntryChoice method = {.entry = spec_registry_find(&tokenizer_methods, "bpe"),
                                    .spec = &spec};
    return file_make_folder(NOVELS_TOKENIZER, err) &&
           tokenizer_train(NOVELS_TOKENIZER, &method, documents, arena, err);
}
