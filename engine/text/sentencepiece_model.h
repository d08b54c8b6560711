/* What the files of a SentencePiece model say, in either form, while it is read. */
#ifndef TEXT_SENTENCEPIECE_MODEL_H
#define TEXT_SENTENCEPIECE_MODEL_H

#include "text/sentencepiece_words.h"
#include "text/unigram.h"

/* What SentencePiece writes for the unknown token. */
#define SENTENCEPIECE_UNKNOWN_TEXT " \xE2\x81\x87 "

typedef struct SentencepieceModel {
    Vocabulary *vocabulary; /* borrowed; filled */
    UnigramPiece *pieces;   /* by id */
    size_t room;            /* for pieces */
    Unigram unigram;
    SentencepieceWords words;
    bool is_library; /* words as the library makes them */
    const char *unknown_text;
} SentencepieceModel;

/* The next piece; false with an error, which names the path: it is empty, no text, or there already. */
bool sentencepiece_model_add(SentencepieceModel *model, const char *piece, size_t size,
                             UnigramPiece what, const char *path, Arena *arena,
                             Error *err) MUST_USE;

#endif
