/* One row a command: `reprise NAME ...`. Adding one is one file plus one row in main.c. */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "cli/options.h"

typedef struct Command {
    const char *name;
    const char *arguments;    /* "EXPERIMENT [--scale SCALE]" */
    const char *help;         /* one line */
    unsigned options;         /* which options it knows: OPTION_... bits */
    int min_words, max_words; /* of words after the name */
    bool (*run)(const Options *options, Arena *arena, Error *err);
} Command;

extern const Command command_run, command_plan, command_explain, command_data, command_tokenizer,
    command_generate, command_compare, command_report, command_store, command_status,
    command_describe, command_bench, command_version, command_export;

#endif
