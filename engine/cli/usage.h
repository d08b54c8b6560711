/* The words of a usage line, read from what is shown to people, so that nothing is said twice:
 *
 *   list | fetch NAME        either the one or the other; small letters are the word itself, capital ones a kind
 *   EXPERIMENT|all           either word
 *   "text"                   any text: a kind without a name
 *   [list | clean | clear]   either word, or none
 *   --scale SCALE            an option, with the value it takes: no word of the line */
#ifndef CLI_USAGE_H
#define CLI_USAGE_H

#include "cli/options.h"

/* What may stand behind the words `before` [n_before]; `options` says which options take a value. */
bool usage_words(TextList *words, const char *arguments, unsigned options,
                 const char *const *before, int n_before, Arena *arena, Error *err) MUST_USE;

/* Whether a word of a usage line is a kind: "EXPERIMENT". */
bool usage_is_kind(const char *word);

#endif
