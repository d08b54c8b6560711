/* What the tests of published vocabularies share: the golden file of tests/golden/pieces, and small tokenizers in
 * files. All end the test on an error. */
#ifndef TESTS_PIECES_RIG_H
#define TESTS_PIECES_RIG_H

#include "base/json.h"
#include "text_rig.h"

/* A member of the golden file, by the keys that lead to it: "sentencepiece/kinds". */
const Json *pieces_rig_golden(const char *keys);

/* A file in the folder of the test at hand. */
const char *pieces_rig_write(const char *name, const void *bytes, size_t size);

/* The golden file's; `kind` as there. */
Tokenizer *pieces_rig_wordpiece(const char *kind);
Tokenizer *pieces_rig_wordpiece_json(const char *kind);
Tokenizer *pieces_rig_sentencepiece(const char *kind,
                                    const char *settings); /* of a JSON text, or NULL */
Tokenizer *pieces_rig_unigram(void);
const char *pieces_rig_model(size_t *size, const char *kind); /* the bytes of a model */

/* A tokenizer of a file with these bytes; what goes wrong is in text_rig_err. */
Tokenizer *pieces_rig_try(const char *method, const void *bytes, size_t size, const char *settings);

TokenList pieces_rig_encode(const Tokenizer *tokenizer, const char *text);
const char *pieces_rig_decode(const Tokenizer *tokenizer, TokenList tokens);

/* All lines of the golden file against lists of ids and of decoded texts (NULL: only ids). */
void pieces_rig_compare(const Tokenizer *tokenizer, const Json *ids, const Json *decoded);

/* Bulk encoding gives the ids of each line alone, with one thread and with three. */
void pieces_rig_compare_documents(const Tokenizer *tokenizer);

#endif
