/* The rules between the fields of a manifest. Every breach is reported, not only the first. */
#ifndef DATA_DATASET_MANIFEST_CHECK_H
#define DATA_DATASET_MANIFEST_CHECK_H

#include "data/dataset/dataset_manifest.h"

/* SpecTable.check of a DatasetManifest. */
void dataset_manifest_check(const void *value, const SpecReader *reader, const char *path);

#endif
