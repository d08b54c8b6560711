/* The fields of a row, before anything is made of them. */
#ifndef DATA_DATASET_FIELDS_H
#define DATA_DATASET_FIELDS_H

#include "data/dataset/dataset_manifest.h"

/* A row as it was read. */
typedef struct DatasetFields {
    const DatasetManifest *manifest;
    const TextList *columns;
    const char **field; /* one a column */
    const char *label;  /* not out of a column; NULL: out of the table's */
    const char *origin; /* file, for messages and ids ... */
    int line, part;     /* ... line, and place in its record */
    bool labelled;      /* false: of a submission */
} DatasetFields;

#endif
