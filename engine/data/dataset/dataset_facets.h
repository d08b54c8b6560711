/* What examples are counted by beside all together: a facet has a name ("phenomenon"), and each example one of its
 * values. Plain data; texts are borrowed from the examples. */
#ifndef DATA_DATASET_FACETS_H
#define DATA_DATASET_FACETS_H

#include "data/example/example.h"
#include "spec/field.h"

typedef struct Facet {
    const char *name;
    TextList values; /* in the order in which they come */
    int *of;         /* [examples] which of them each has */
} Facet;

typedef struct Facets {
    size_t n;
    Facet *items;
} Facets;

/* `names`: the facets of the data set that the examples are of. */
bool dataset_facets_collect(Facets *facets, const TextList *names, const Examples *examples,
                            Arena *arena, Error *err) MUST_USE;

/* `of` [n] from numbers as files hold them, each of which is to be one of the values. */
bool dataset_facets_fill(Facet *facet, const double *of, size_t n, Error *err) MUST_USE;

/* Of the examples with a value of a facet: how many there are, and how many are right, which is 1 in `right`
 * [n examples]. */
typedef struct FacetCount {
    int n, right;
} FacetCount;
FacetCount dataset_facets_count(const Facet *facet, int value, const double *right, int n);

#endif
