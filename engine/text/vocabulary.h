/* The tokens of a tokenizer and their ids: a JSON object token -> id, as in the original files. */
#ifndef TEXT_VOCABULARY_H
#define TEXT_VOCABULARY_H

#include "base/json.h"
#include "text/word_table.h"

/* What ends the last symbol of a word. */
#define VOCABULARY_WORD_END "</w>"

/* The token of what has none: id 0 in every vocabulary. */
#define VOCABULARY_UNKNOWN "<unk>"

/* Its file in the folder of a tokenizer. */
#define VOCABULARY_FILE "vocabulary.json"

typedef struct Vocabulary {
    size_t n;
    const char **token; /* by id, zero-terminated */
    WordTable ids;      /* token -> id */
} Vocabulary;

Vocabulary vocabulary_create(Arena *arena);

/* Gives the next id to a token; the id it has, if it is known already. Negative: out of memory. */
int vocabulary_add(Vocabulary *vocabulary, const char *token, size_t size, Error *err) MUST_USE;

int vocabulary_find(const Vocabulary *vocabulary, const char *token, size_t size); /* -1: none */
int vocabulary_find_text(const Vocabulary *vocabulary, const char *token);         /* the same */

/* Takes the tokens of an object token -> id, whose ids must be 0..n-1, each once; `path` is where it stands. */
bool vocabulary_fill(Vocabulary *vocabulary, const Json *object, const char *path, Arena *arena,
                     Error *err) MUST_USE;

/* Reads the file: such an object, in which 0 is the id of <unk>. */
bool vocabulary_read(Vocabulary *vocabulary, const char *path, Arena *arena, Error *err) MUST_USE;
bool vocabulary_write(const char *path, const Vocabulary *vocabulary, Arena *scratch,
                      Error *err) MUST_USE;

#endif
