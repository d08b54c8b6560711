/* Texts that somebody brings (dataset_texts.h), and what their first row says. */
#ifndef DATA_DATASET_TEXTS_FIRST_H
#define DATA_DATASET_TEXTS_FIRST_H

#include "data/rows/rows_layout.h"

/* Rows of a file, or of what came in otherwise. */
typedef struct DatasetTexts {
    RowsFormat format;  /* tsv, csv or json lines */
    char delimiter;     /* of csv: between fields; 0: a comma */
    const char *origin; /* for messages and ids */
    const char *bytes;
    size_t size;
} DatasetTexts;

/* The fields of the first line, or the keys of the first object, those within others as paths ("review.text"). None
 * of an empty file. */
bool dataset_texts_first(TextList *fields, const DatasetTexts *texts, Arena *arena,
                         Error *err) MUST_USE;

#endif
