/* What was found, in words. */
#ifndef DATA_OWN_WORDS_H
#define DATA_OWN_WORDS_H

#include "data/own/own_manifest.h"

/* How the rows stand in the files, which columns are what, and the form. */
bool own_words_of_files(Buffer *words, const OwnSet *set, Error *err) MUST_USE;

/* The splits, once their rows are counted. */
bool own_words_of_splits(Buffer *words, const OwnSet *set, Error *err) MUST_USE;

bool own_words_of_text(Buffer *words, const OwnText *text, size_t n_documents, Error *err) MUST_USE;

#endif
