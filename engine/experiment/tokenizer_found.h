/* The tokenizer in a folder of Hugging Face's library, as files of a data set of form "tokenizer". By the first of
 * these that is there: vocab.json with merges.txt; tokenizer.json; vocab.txt (BERT); spiece.model (T5). The last
 * two are read with tokenizer_config.json. */
#ifndef EXPERIMENT_TOKENIZER_FOUND_H
#define EXPERIMENT_TOKENIZER_FOUND_H

#include "base/buffer.h"

enum { TOKENIZER_FOUND_MOST_FILES = 2 };

typedef struct TokenizerFoundFile {
    const char *role; /* the member of the manifest that names it: "vocabulary" */
    const char *name;
    Buffer bytes;
} TokenizerFoundFile;

typedef struct TokenizerFound {
    const char *method; /* that reads it; NULL: there is none in the folder */
    size_t n_files;
    TokenizerFoundFile files[TOKENIZER_FOUND_MOST_FILES];
} TokenizerFound;

bool tokenizer_found_read(TokenizerFound *found, const char *folder, Arena *arena,
                          Error *err) MUST_USE;

#endif
