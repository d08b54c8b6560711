/* Whether the files of a manifest can be told from others: a digest each, of the right form. */
#ifndef DATA_DATASET_DIGEST_H
#define DATA_DATASET_DIGEST_H

#include "data/dataset/dataset_files.h"

/* Reports what is missing or malformed; of a file that is here, with the digest that it has. */
void dataset_digest_check(const DatasetFiles *files, const SpecReader *reader);

#endif
