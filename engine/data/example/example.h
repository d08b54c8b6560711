/* Labelled rows: what readers and generators fill, and what tasks are made of. Plain data; whoever
 * fills it says in which arena the texts are. */
#ifndef DATA_EXAMPLE_EXAMPLE_H
#define DATA_EXAMPLE_EXAMPLE_H

#include <stddef.h>

typedef struct Example {
    const char *id;    /* of the row, or made from its number: unique in its split */
    const char **text; /* [n_texts]: any number of answers or referents */
    int n_texts;
    /* [facets of the data set] its value of each (dataset_facets.h); NULL: there are none. */
    const char **facet;
    int label;     /* class or right answer, from 0; -1: not public, or a number is asked for */
    double target; /* of form regression; NaN: not public, or a class is asked for */
} Example;

typedef struct Examples {
    size_t n;
    Example *items;
} Examples;

#endif
