#include "text/word_list.h"

#include <string.h>

bool word_list_has(const char *const *words, size_t n, const char *word, size_t size)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strncmp(word, words[middle], size);
        if (order == 0 && words[middle][size] == '\0') return true;
        if (order > 0) low = middle + 1;
        else high = middle;
    }
    return false;
}
