/* What a row is to be told from its texts: a class, the right answer, a number. */
#ifndef DATA_DATASET_ANSWER_H
#define DATA_DATASET_ANSWER_H

#include "data/dataset/dataset_fields.h"
#include "data/example/example.h"

/* Fills label and target of an example whose texts are there. */
bool dataset_answer_read(Example *example, const DatasetFields *fields, Arena *scratch,
                         Error *err) MUST_USE;

#endif
