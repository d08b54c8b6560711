/* Text to words as BERT's BasicTokenizer makes them (google-research/bert, tokenization.py), in the order of Hugging
 * Face's library (BertNormalizer, BertPreTokenizer): controls are removed and white space is made spaces; Chinese
 * characters are words of their own; accents are taken off, letters made lower case; punctuation is split off, each
 * character a word.
 *
 * Differs  from the original as the library does: characters that are not assigned stay, and are unknown; tables of
 *          Unicode are utf8proc's, which may be newer; a Greek sigma at a word's end is lowered like any
 *          other, as the library does and Python does not */
#ifndef TEXT_WORDPIECE_WORDS_H
#define TEXT_WORDPIECE_WORDS_H

#include "text/normalizer.h"

typedef struct WordpieceWords {
    bool clean_text, split_chinese, strip_accents, lower_case;
} WordpieceWords;

/* As NormalizerRules.run: its settings are a WordpieceWords. */
bool wordpiece_words_run(Normalizer *normalizer, const char *text, size_t size,
                         CleanupEvidence evidence, Error *err) MUST_USE;

#endif
