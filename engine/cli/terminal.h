/* What a person sees: log lines and progress on standard error, a live line on a terminal and
 * plain lines, one every ten seconds, elsewhere. */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include "base/error.h"

/* From here on nothing that is printed, on standard output either, tells a terminal what to do: names and other text of
 * specs and files are shown as control_show (base/control.h) has them. In JSON that is the same value. */
bool terminal_install(Error *err) MUST_USE;

/* Progress of what takes less than a second is not shown: for commands that answer at once, as a rule. */
void terminal_be_brief(void);

/* How wide the terminal is that standard output goes to; 0: it goes to none. */
size_t terminal_columns(void);

/* How wide text for people may be there: lines of more than 120 columns are hard to read; 0: it goes to no terminal. */
size_t terminal_width(void);

/* What was printed is out. What could not be is lost: a full disk behind a redirection is an error like any other. */
bool terminal_flush(Error *err) MUST_USE;

void terminal_error(const Error *err); /* on standard error, a live line ended first */

#endif
