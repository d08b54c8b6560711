/* One row a command: `reprise NAME ...`. Adding one is one file plus one row in main.c. */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "cli/options.h"

typedef struct Command Command;

struct Command {
    const char *name;         /* "run"; of a form of a command both words, "export huggingface" */
    const char *arguments;    /* "EXPERIMENT [--scale SCALE]" */
    const char *help;         /* one line */
    unsigned options;         /* which options it knows: OPTION_... bits */
    int min_words, max_words; /* of words after the name */
    bool (*run)(const Options *options, Arena *arena, Error *err);
    /* In the place of run, of a command that tells of all commands; NULL-terminated. */
    bool (*tell)(const Command *const *commands, const Options *options, Arena *arena, Error *err);
    /* NULL-terminated: the next word says which of them is meant, and nothing but name and help is the command's
     * own. NULL: it has no forms. */
    const Command *const *forms;
};

/* The word that says it: the last of its name. */
const char *command_word(const Command *command);

/* The one of a NULL-terminated list that a word says; NULL: none. */
const Command *command_find(const Command *const *list, const char *word);

extern const Command command_run, command_plan, command_explain, command_data, command_tokenizer,
    command_generate, command_predict, command_compare, command_report, command_store,
    command_status, command_describe, command_bench, command_version, command_export,
    command_import, command_completion, command_manual;

#endif
