/* The documents of a corpus, cleaned, sorted by name. */
#ifndef DATA_DATASET_DOCUMENTS_H
#define DATA_DATASET_DOCUMENTS_H

#include "base/document.h"
#include "data/dataset/dataset_files.h"

bool dataset_documents_read(Documents *documents, const DatasetFiles *files, Arena *arena,
                            Error *err) MUST_USE;

#endif
