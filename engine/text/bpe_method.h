/* Byte-pair encoding as a tokenizer method: the row of the registry (tokenizer.c). */
#ifndef TEXT_BPE_METHOD_H
#define TEXT_BPE_METHOD_H

#include "text/tokenizer.h"

#define BPE_METHOD_MERGES_FILE "merges.bpe"

extern const TokenizerMethod bpe_method;

/* Loads merges under any name. */
void *bpe_method_load_file(const char *merges_path, const struct Vocabulary *vocabulary,
                           Arena *arena, Error *err) MUST_USE;

#endif
