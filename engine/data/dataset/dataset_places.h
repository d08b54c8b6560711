/* Where manifests and files of data sets lie. */
#ifndef DATA_DATASET_PLACES_H
#define DATA_DATASET_PLACES_H

typedef struct DatasetPlaces {
    const char *manifests; /* folder of NAME.json */
    const char *downloads; /* folder for fetched files, by the manifest's relative names as well */
    const char *mirror;    /* folder or URL; NULL: none */
} DatasetPlaces;

#endif
