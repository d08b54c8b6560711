/* The beginning of a field, on one line, in quotation marks. */
#ifndef DATA_OWN_EXCERPT_H
#define DATA_OWN_EXCERPT_H

#include "base/buffer.h"

bool own_excerpt(Buffer *words, const char *text, Error *err) MUST_USE;

#endif
