/* Where the paper's parts come from, and where they go. */
#ifndef REPORT_PAPER_PLACES_H
#define REPORT_PAPER_PLACES_H

#include "data/dataset/dataset_places.h"

typedef struct PaperPlaces {
    const char *results, *experiments; /* folders */
    DatasetPlaces data;
    const char *scale; /* NULL: of each experiment the largest that has a result */
    const char *out;   /* folder to write into */
} PaperPlaces;

#endif
