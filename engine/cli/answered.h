/* Prints what a version of a result says: aligned for the terminal's width, as Markdown elsewhere and where that is asked
 * for (--markdown). */
#ifndef CLI_ANSWERED_H
#define CLI_ANSWERED_H

#include "cli/options.h"

/* The same text, not printed. */
bool answered_write(Buffer *text, const char *folder, bool markdown, const Options *options,
                    Error *err) MUST_USE;

bool answered_print(const char *folder, const Options *options, Arena *arena, Error *err) MUST_USE;

#endif
