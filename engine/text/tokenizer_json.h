/* tokenizer.json of Hugging Face's library, as the methods for published vocabularies read it: what they share. */
#ifndef TEXT_TOKENIZER_JSON_H
#define TEXT_TOKENIZER_JSON_H

#include "base/json.h"
#include "text/vocabulary.h"

/* Whether a file begins as a JSON object. */
bool tokenizer_json_is_object(const char *bytes, size_t size);

/* The member "model" of the file, which must be of that type. `whole` is the file, parsed. NULL: failed. */
const Json *tokenizer_json_model(const Json *whole, const char *type, const char *path, Error *err);

/* Members; of an absent one or null the default. NULL or false with an error: it is of another type. */
bool tokenizer_json_bool(bool *value, const Json *object, const char *key, bool preset,
                         const char *path, Error *err) MUST_USE;
bool tokenizer_json_integer(int64_t *value, const Json *object, const char *key, int64_t preset,
                            const char *path, Error *err) MUST_USE;

/* A file of settings, which must be an object; NULL: failed. */
const Json *tokenizer_json_settings(const char *path, Arena *arena, Error *err);

/* What the member "type" of an object says; "": it is none, or says nothing. */
const char *tokenizer_json_type(const Json *object);

/* A token of the file's list "added_tokens". Those behind the vocabulary's own ids are added to it, in order. */
typedef bool TokenizerJsonAdded(void *context, int id, bool is_special, Error *err);
bool tokenizer_json_add_tokens(Vocabulary *vocabulary, const Json *whole, const char *path,
                               TokenizerJsonAdded *each, void *context, Error *err) MUST_USE;

#endif
