/* Limits of the process (ulimit) that the program cannot do its work under: said before it begins, in words. */
#ifndef CLI_LIMITS_H
#define CLI_LIMITS_H

#include "base/error.h"

bool limits_check(Error *err) MUST_USE;

#endif
