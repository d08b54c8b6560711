/* A model as SentencePiece writes it (spiece.model): a ModelProto, read as far as a unigram model needs it
 * (google/sentencepiece, sentencepiece_model.proto).
 *
 * Errors  a file that is damaged, is of another kind of model, has a piece twice or settings that are not read is
 *         refused, with its name and what is wrong */
#ifndef TEXT_SENTENCEPIECE_FILE_H
#define TEXT_SENTENCEPIECE_FILE_H

#include "text/sentencepiece_model.h"

bool sentencepiece_file_read(SentencepieceModel *model, const char *bytes, size_t size,
                             const char *path, Arena *arena, Error *err) MUST_USE;

#endif
