/* What the rows ask for: a class, or a number, of one text or of two. */
#ifndef DATA_OWN_FORM_H
#define DATA_OWN_FORM_H

#include "data/example/dataset_form.h"
#include "data/own/own_columns.h"

typedef struct OwnForm {
    DatasetForm form;
    const char *why;   /* in words, what it was chosen by */
    const char *other; /* a form that may be meant as well, and when; NULL: none */
} OwnForm;

/* Refused with the reason: labels that nothing can be learnt from, texts that are not there. */
bool own_form_choose(OwnForm *form, const OwnColumns *columns, const OwnAsked *asked,
                     const char *path, Arena *arena, Error *err) MUST_USE;

#endif
