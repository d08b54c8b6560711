/* Text to token ids and back: text to words by rules (for ours clean-up, the paper's text
 * standardization, word splitting), words to ids by a method (byte-pair encoding; GPT-1, section 4.1).
 *
 * A trained tokenizer is a folder in the original file format: `merges.bpe` (a "#version" line, then one
 * merge a line) and `vocabulary.json` (an object token -> id), plus `tokenizer.json` (which method). One
 * that was taken over has the files of its method.
 *
 * Ids      0..n_tokens-1; the fine-tuning specials are not among them (see task/), but those that a
 *          published vocabulary has. No text is ever read as one of these
 * Threads  a Tokenizer is read-only once loaded; training and bulk encoding use all threads and give
 *          the same result for any number of them */
#ifndef TEXT_TOKENIZER_H
#define TEXT_TOKENIZER_H

#include "base/document.h"
#include "text/tokenizer_method.h"

typedef struct TokenList {
    size_t n;
    int *ids;
} TokenList;

bool tokenizer_train(const char *folder, const SpecEntryChoice *method, const Documents *documents,
                     Arena *scratch, Error *err) MUST_USE;

/* The data set that the choice takes its files from; NULL: it learns. */
const char *tokenizer_data(const SpecEntryChoice *method);

/* Are its files written for Hugging Face's library as they were taken over? */
bool tokenizer_keeps_files(const SpecEntryChoice *method);

/* Changes with what a method that takes files over makes of text: part of its stage keys. */
int tokenizer_rules_version(const SpecEntryChoice *method);

/* Makes the folder of a tokenizer from published files, after reading them whole. */
bool tokenizer_import(const char *folder, const TokenizerFiles *files, Arena *scratch,
                      Error *err) MUST_USE;
Tokenizer *tokenizer_load(const char *folder, Arena *arena, Error *err) MUST_USE;

/* Files under their own names (for example encoder_bpe_40000.json, vocab_40000.bpe). */
Tokenizer *tokenizer_load_files(const TokenizerFiles *files, Arena *arena, Error *err) MUST_USE;

const NormalizerRules *tokenizer_rules(const Tokenizer *tokenizer); /* what it calls a word */
const TokenizerSpecials *tokenizer_specials(const Tokenizer *tokenizer);
int tokenizer_n_tokens(const Tokenizer *tokenizer);
const char *tokenizer_token(const Tokenizer *tokenizer, int id); /* "the</w>"; NULL: out of range */
/* Bytes that a token adds to decoded text, the space between words included; 0: out of range. */
int tokenizer_token_bytes(const Tokenizer *tokenizer, int id);
int tokenizer_find(const Tokenizer *tokenizer, const char *token); /* -1: none */

/* One text; ids in the arena. What is in no token becomes the unknown one. */
bool tokenizer_encode(TokenList *tokens, const Tokenizer *tokenizer, const char *text, size_t size,
                      Arena *arena, Error *err) MUST_USE;

/* Many documents with all threads: tokens of all documents end to end in `tokens`, document d at
 * offset[d]..offset[d+1] (n+1 offsets), all in the arena. Shows progress. */
bool tokenizer_encode_documents(TokenList *tokens, size_t **offset, const Tokenizer *tokenizer,
                                const Documents *documents, Arena *arena, Error *err) MUST_USE;

/* The text that the ids stand for: words separated by one space. Of SentencePiece: the text itself, with
 * the spaces that it had. */
char *tokenizer_decode(const Tokenizer *tokenizer, const int *ids, size_t n, Arena *arena,
                       Error *err) MUST_USE;

/* What encoding sees, as the rules make it: words separated by one space. decode(encode(x)) equals it whenever x
 * holds no unknown character, but for SentencePiece, whose words begin with U+2581 for the space before them. */
char *tokenizer_normalize(const char *text, size_t size, const NormalizerRules *rules, Arena *arena,
                          Error *err) MUST_USE;

/* Changes with any change of clean-up, standardization, splitting or encoding: part of stage keys. The
 * rules of those that are taken over alone: tokenizer_rules_version. */
enum { TOKENIZER_NUMERICS_VERSION = 1 };

#endif
