/* A unigram model in tokenizer.json, as Hugging Face's library writes T5's. Tokens that it calls special stand for no
 * text. */
#ifndef TEXT_SENTENCEPIECE_JSON_H
#define TEXT_SENTENCEPIECE_JSON_H

#include "text/sentencepiece_model.h"

bool sentencepiece_json_read(SentencepieceModel *model, const char *bytes, size_t size,
                             const char *path, Arena *arena, Error *err) MUST_USE;

#endif
