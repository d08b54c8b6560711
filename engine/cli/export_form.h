/* What `reprise export` writes: a form is a command by its own words and options. Adding one is one file plus one row
 * in command_export.c. */
#ifndef CLI_EXPORT_FORM_H
#define CLI_EXPORT_FORM_H

#include "cli/command.h"

extern const Command export_predictions, export_disagreements, export_huggingface,
    export_tensorboard;

/* build/predictions/NAME/SCALE, unless --out says where to. NULL on failure. */
const char *export_form_folder(const Options *options, Arena *arena, Error *err) MUST_USE;

/* Why a file has no texts, and how to get them. */
void export_form_print_no_texts(const char *task);

#endif
