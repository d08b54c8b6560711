/* What may stand at the end of a command line, for shells that ask while it is typed (command_completion.c).
 *
 * Commands come from their list, options from their table, words from the usage lines of commands (usage.h), and names
 * from the folders that the line itself tells of: experiments, scales, data sets, and of an experiment its cells, tasks
 * and versions. */
#ifndef CLI_COMPLETION_H
#define CLI_COMPLETION_H

#include "cli/command.h"

/* A line each: a candidate, a tab, what it is. COMPLETION_FILES or COMPLETION_FOLDERS instead: names of these, which
 * shells know. `words` are those behind the program's name, n of them; the last is being typed, and may be empty. What
 * cannot be read has no candidates. */
bool completion_write(Buffer *lines, const Command *const *commands, const char *const *words,
                      int n, Error *err) MUST_USE;

#define COMPLETION_FILES   ":files"
#define COMPLETION_FOLDERS ":folders"

#endif
