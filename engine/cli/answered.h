/* What a version of a result says: aligned for the terminal's width, as Markdown elsewhere and where that is asked
 * for. */
#ifndef CLI_ANSWERED_H
#define CLI_ANSWERED_H

#include "cli/options.h"

bool answered_write(Buffer *text, const char *folder, bool markdown, const Options *options,
                    Error *err) MUST_USE;

#endif
