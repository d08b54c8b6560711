/* What `reprise export` writes: a form is a command by its own words and options. Adding one is one file plus one row
 * in command_export.c. */
#ifndef CLI_EXPORT_FORM_H
#define CLI_EXPORT_FORM_H

#include "cli/command.h"

extern const Command export_predictions, export_huggingface, export_tensorboard;

#endif
