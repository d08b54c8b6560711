/* What the columns of a table hold, and which of them are the texts and the label. */
#ifndef DATA_OWN_COLUMNS_H
#define DATA_OWN_COLUMNS_H

#include "data/own/own_asked.h"
#include "data/own/own_rows.h"

typedef struct OwnColumn {
    const char *name;
    size_t n_empty;
    const char *empty_file; /* of the first that is empty, ... */
    int empty_line;         /* ... and where it stands */
    size_t n_values;        /* different ones */
    const char **value;     /* [n_values]: numbers in their order, others in that of their bytes */
    size_t *count;          /* [n_values] */
    bool numeric, whole;    /* all of them are numbers; integers */
    double words;           /* of a field, on average */
    double low, high;       /* of numbers */
} OwnColumn;

typedef struct OwnColumns {
    size_t n;
    OwnColumn *items;
    size_t n_rows;
    int text[2]; /* which are the texts ... */
    int n_texts;
    int label; /* ... and the label */
} OwnColumns;

/* Counts what the columns of these files hold, one after the other. */
bool own_columns_count(OwnColumns *columns, const TextList *names, const OwnRows *files,
                       size_t n_files, Arena *arena, Error *err) MUST_USE;

/* Numbers to be estimated, not names of classes: many different ones. */
bool own_columns_are_targets(const OwnColumn *column, size_t n_rows);

/* Those that are asked for, else what names and content say; where more than one could be meant, an error that says
 * which. */
bool own_columns_choose(OwnColumns *columns, const OwnAsked *asked, const char *path, Arena *arena,
                        Error *err) MUST_USE;

#endif
