/* Sorted lists of words, looked up. */
#ifndef TEXT_WORD_LIST_H
#define TEXT_WORD_LIST_H

#include <stdbool.h>
#include <stddef.h>

/* Whether `size` bytes are one of n words, which are sorted by byte order. */
bool word_list_has(const char *const *words, size_t n, const char *word, size_t size);

#endif
