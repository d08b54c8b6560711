/* What the first row of texts that somebody brings says: a part of dataset_texts.c. */
#ifndef DATA_DATASET_TEXTS_FIRST_H
#define DATA_DATASET_TEXTS_FIRST_H

#include "data/dataset/dataset_texts.h"

/* The fields of the first line, or the keys of the first object, those within others as paths ("review.text"). None of an
 * empty file. */
bool dataset_texts_first(TextList *fields, const DatasetTexts *texts, Arena *arena,
                         Error *err) MUST_USE;

#endif
