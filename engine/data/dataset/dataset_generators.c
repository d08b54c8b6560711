#include "data/dataset/dataset_generators.h"

static const SpecEntry *const entries[] = {&dataset_generator_storyworld.entry, NULL};

const SpecRegistry dataset_generators = {"world", entries};

const DatasetGenerator *dataset_generators_of(const DatasetManifest *manifest)
{
    return (const DatasetGenerator *)manifest->generator.entry; /* the first member of its row */
}
