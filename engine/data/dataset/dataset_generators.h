/* The registry of built-in worlds, one row each: `generator.world` of a manifest names one. */
#ifndef DATA_DATASET_GENERATORS_H
#define DATA_DATASET_GENERATORS_H

#include "data/dataset/dataset_generator.h"
#include "data/dataset/dataset_manifest.h"

extern const SpecRegistry dataset_generators;

/* NULL: the manifest's data comes out of files. */
const DatasetGenerator *dataset_generators_of(const DatasetManifest *manifest);

#endif
