/* Text as SentencePiece's models see it (Kudo and Richardson 2018; google/sentencepiece, normalizer.cc): characters
 * written as the model's map says, spaces as U+2581, one before the first word, so that text can be had back from the
 * pieces. Two ways:
 *
 *     as the model's own file says: the whole text is one "word"
 *     as tokenizer.json of Hugging Face's library says: words that each begin with U+2581
 *
 * Differs  in the second one, grapheme clusters are utf8proc's, whose tables may be newer */
#ifndef TEXT_SENTENCEPIECE_WORDS_H
#define TEXT_SENTENCEPIECE_WORDS_H

#include "text/charsmap.h"
#include "text/normalizer.h"
#include "text/unigram.h"

#define SENTENCEPIECE_SPACE "\xE2\x96\x81" /* U+2581 */

typedef struct SentencepieceWords {
    Charsmap map;
    const Unigram *unigram;
    bool add_prefix;    /* U+2581 before the first word (each stretch that the library cuts out) */
    bool remove_spaces; /* all but one between words */
    /* of the library's: */
    bool strip_left, strip_right; /* white space */
    bool split_spaces;            /* white space of any kind parts stretches */
    bool split_words;             /* each U+2581 begins a word */
} SentencepieceWords;

/* Rules for a model's own file, and for the library's. They borrow the settings. */
NormalizerRules sentencepiece_words_own(const SentencepieceWords *settings);
NormalizerRules sentencepiece_words_library(const SentencepieceWords *settings);

#endif
