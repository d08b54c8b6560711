/* The rules between the fields of a manifest. Every breach is reported, not only the first: what concerns one
 * object alone is told even when there is a wrong field elsewhere. */
#ifndef DATA_DATASET_MANIFEST_CHECK_H
#define DATA_DATASET_MANIFEST_CHECK_H

#include "data/dataset/dataset_manifest.h"

/* SpecTable.check of a DatasetManifest, and of its parts: DatasetFile, DatasetTable, DatasetSource,
 * DatasetSplitSpec. */
void dataset_manifest_check(const void *value, const SpecReader *reader, const char *path);
void dataset_manifest_check_file(const void *value, const SpecReader *reader, const char *path);
void dataset_manifest_check_table(const void *value, const SpecReader *reader, const char *path);
void dataset_manifest_check_source(const void *value, const SpecReader *reader, const char *path);
void dataset_manifest_check_split(const void *value, const SpecReader *reader, const char *path);

#endif
