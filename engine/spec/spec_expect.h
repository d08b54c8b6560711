/* What a field accepts, in words: for messages and for the documentation. */
#ifndef SPEC_SPEC_EXPECT_H
#define SPEC_SPEC_EXPECT_H

#include "spec/field.h"

/* "an integer", "a list of text", "an object or null". */
const char *spec_expect_type(const SpecField *field);

/* "1 to 64", "at least 0", "'linear' or 'cosine'"; "" when any value of the type will do. */
const char *spec_expect_range(const SpecField *field, Arena *arena, Error *err) MUST_USE;

/* What to write: the range, or an example of the type where any value will do. */
const char *spec_expect_hint(const SpecField *field, Arena *arena, Error *err) MUST_USE;

/* The default as JSON would write it; "required"; "none" for what may be absent. */
const char *spec_expect_default(const SpecField *field, Arena *arena, Error *err) MUST_USE;

/* The field must be given: it has no default. */
bool spec_expect_required(const SpecField *field);

#endif
