/* How rows stand in a file, found by looking at its bytes: encoding, format, delimiter, a line with names, columns. */
#ifndef DATA_OWN_LOOK_H
#define DATA_OWN_LOOK_H

#include "data/own/own_asked.h"
#include "data/own/own_rows.h"

typedef struct OwnLook {
    RowsLayout layout;
    TextList left_out; /* of json lines: what not every row has, or what is no text or number */
} OwnLook;

/* An error says what does not fit, and in which line; all of `look` is in the arena. */
bool own_look(OwnLook *look, const OwnAsked *asked, const char *path, const char *bytes,
              size_t size, Arena *arena, Error *err) MUST_USE;

#endif
