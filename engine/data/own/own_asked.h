/* What is asked of data of one's own; whatever is NULL is found by looking. */
#ifndef DATA_OWN_ASKED_H
#define DATA_OWN_ASKED_H

#include <stdbool.h>

typedef struct OwnAsked {
    const char *name, *title, *licence, *home; /* of the data set */
    const char *text, *text_b, *label;         /* columns: names, or numbers from 1 */
    const char *form;                          /* DatasetForm, as a word */
    const char *delimiter, *encoding; /* ",", "tab", "semicolon"; a word of encoding_words */
    const char *header;               /* "yes", "no" */
    bool replace;                     /* a manifest of this name that is there */
    bool look;                        /* write nothing */
} OwnAsked;

#endif
