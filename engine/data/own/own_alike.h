/* Labels that are told apart by what nobody sees or means: spaces, case, how an accent is encoded, how a number is
 * written. */
#ifndef DATA_OWN_ALIKE_H
#define DATA_OWN_ALIKE_H

#include "data/own/own_columns.h"

/* The first two such; NULL: there are none. */
bool own_alike_find(const char *alike[2], const OwnColumn *label, Arena *arena,
                    Error *err) MUST_USE;

#endif
