/* What a person sees: log lines and progress on standard error, a live line on a terminal and
 * plain lines, one every ten seconds, elsewhere. */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include "base/error.h"

void terminal_install(void);
void terminal_error(const Error *err); /* on standard error, a live line ended first */

#endif
