/* What a person sees: log lines and progress on standard error, a block that is redrawn in place on a terminal
 * (cli/progress_block.h) and plain lines, one every ten seconds, elsewhere. */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include "base/progress.h"

/* From here on nothing that is printed, on standard output either, tells a terminal what to do: names and other text of
 * specs and files are shown as control_show (base/control.h) has them. In JSON that is the same value. */
bool terminal_install(Error *err) MUST_USE;

/* Progress of what takes less than a second is not shown: for commands that answer at once, as a rule. */
void terminal_be_brief(void);

/* For people, as above; nothing but what was found and errors; or, on standard output, for programs: each line a JSON
 * object, whose member "event" says of what: "progress" (cli/progress_json.h), "log" (level, "info" or "warning", and
 * text), "error" (text, which goes to standard error as well), and what the command adds. */
typedef enum TerminalManner { TERMINAL_TEXT, TERMINAL_QUIET, TERMINAL_JSON } TerminalManner;
void terminal_choose(TerminalManner manner);

ProgressSink terminal_show_progress; /* is installed */

/* How wide the terminal is that standard output goes to; 0: it goes to none. */
size_t terminal_columns(void);

/* How wide text for people may be there: lines of more than 120 columns are hard to read; 0: it goes to no terminal. */
size_t terminal_width(void);

/* How wide rows in columns may be there: the terminal's width; where there is none, as wide as they are. */
size_t terminal_room(void);

/* What was printed is out. What could not be is lost: a full disk behind a redirection is an error like any other. */
bool terminal_flush(Error *err) MUST_USE;

void terminal_error(const Error *err); /* on standard error, under the block */

#endif
