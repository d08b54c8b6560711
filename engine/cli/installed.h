/* Where `make install` put what comes with the command. */
#ifndef CLI_INSTALLED_H
#define CLI_INSTALLED_H

#include "base/arena.h"

/* The folder of this name: that of the working directory if it has one, as in a clone; else the installed one,
 * PREFIX/share/reprise/NAME beside PREFIX/bin/reprise, if there is one; else NAME. NULL: out of memory. */
const char *installed_folder(const char *name, Arena *arena, Error *err) MUST_USE;

/* Before anything is written to the folder of manifests: it is there, and it is not the one that came with an installed
 * command, which is everybody's. */
bool installed_need_own(const char *experiments, const char *datasets, Arena *arena,
                        Error *err) MUST_USE;

#endif
