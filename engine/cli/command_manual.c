#include <stdio.h>
#include <string.h>

#include "base/escape.h"
#include "base/host.h"
#include "cli/command.h"

/* What stands at the left, and what it means. */
typedef struct Entry {
    const char *term, *meaning;
} Entry;

static const Entry environment[] = {
    {"REPRISE_MIRROR", "A folder or an address at which files of data sets are looked for first."},
    {"REPRISE_STORE", "The folder of finished stages, in the place of build/store."},
    {"OMP_NUM_THREADS", "How many threads there are, where no --threads says it. No number changes "
                        "with it."},
    {"OMP_STACKSIZE, OMP_WAIT_POLICY, GOMP_SPINCOUNT",
     "As OpenMP has them; what is not set gets what serves best here."},
    {0},
};

static const Entry files[] = {
    {"experiments/NAME.json", "An experiment: the question. `reprise describe` lists every field."},
    {"experiments/scales/SCALE.json", "How big it is asked."},
    {"datasets/NAME.json", "A data set: where its files come from, and how they are read."},
    {"build/store", "Finished stages, each under the hash of what it was made from."},
    {"build/data", "Downloads."},
    {"results/NAME/SCALE/vNNN", "Results, versioned; README.md is the place to start."},
    {"PREFIX/share/reprise", "Experiments, data sets and results as they came with the command: "
                             "taken where the working folder has none of its own."},
    {0},
};

static const Entry statuses[] = {
    {"0", "Done."},
    {"1", "The run failed, or a comparison found something worse."},
    {"2", "Wrong experiment, data or command line; nothing was begun."},
    {"128+N", "Stopped as signal N asked (SIGINT, SIGTERM, SIGHUP). What was done is kept, and the "
              "same command goes on from there."},
    {0},
};

static const Entry examples[] = {
    {"reprise run quickstart", "Does pre-training help? Minutes, on stories made for it."},
    {"reprise plan table5 --scale small", "What an experiment would take, before anything runs."},
    {"reprise run quickstart --set finetune.epochs=5", "The same question with another setting."},
    {"reprise compare quickstart", "What was found, against the committed result."},
    {"reprise report claims", "What became of every claim."},
    {0},
};

static bool add_section(Buffer *page, const char *title, Error *err)
{
    return escape_roff_format(page, err, ".SH %s\n", title);
}

static bool add_text(Buffer *page, const char *text, Error *err)
{
    return escape_roff_format(page, err, "%s\n", text);
}

static bool add_entries(Buffer *page, const char *title, const Entry *entry, Error *err)
{
    if (!add_section(page, title, err)) return false;
    for (; entry->term; entry++)
        if (!escape_roff_format(page, err, ".TP\n.B %s\n%s\n", entry->term, entry->meaning))
            return false;
    return true;
}

/* --- commands ------------------------------------------------------------------------------------- */

static bool add_option_names(Buffer *page, unsigned known, Error *err)
{
    const Option *option;
    for (int i = 0; (option = options_row(known, i)); i++)
        if (!buffer_add_text(page, i > 0 ? " ,\n" : ".br\nOptions:\n", err) ||
            !escape_roff_format(page, err, ".BR %s", option->name) ||
            !(options_row(known, i + 1) || buffer_add_text(page, " .", err)))
            return false;
    return !known || buffer_add_char(page, '\n', err);
}

static bool add_command(Buffer *page, const Command *command, Error *err)
{
    return escape_roff_format(page, err, ".TP\n.BI \"reprise %s \" \"%s\"\n%s.\n", command->name,
                              command->arguments, command->help) &&
           add_option_names(page, command->options, err);
}

static bool add_commands(Buffer *page, const Command *const *list, Error *err)
{
    for (int i = 0; list[i]; i++)
        if (!(list[i]->forms ? add_commands(page, list[i]->forms, err)
                             : add_command(page, list[i], err)))
            return false;
    return true;
}

/* --- options -------------------------------------------------------------------------------------- */

/* ", run" of every command that knows the option. */
static bool add_users(Buffer *names, const Command *const *list, unsigned group, Error *err)
{
    for (int i = 0; list[i]; i++) {
        const bool knows = !list[i]->forms && list[i]->options & group;
        if ((knows && !buffer_format(names, err, ", %s", list[i]->name)) ||
            (list[i]->forms && !add_users(names, list[i]->forms, group, err)))
            return false;
    }
    return true;
}

static bool add_option(Buffer *page, const Option *option, const Command *const *commands,
                       Error *err)
{
    Buffer users = buffer_create(page->arena);
    const char *value = options_value(option);
    return add_users(&users, commands, option->group, err) &&
           escape_roff_format(page, err, ".TP\n.BI \"%s \" \"%s\"\n%s\n.br\nOf: %s.\n",
                              option->name, value ? value : "", option->help,
                              users.size ? users.data + strlen(", ") : "no command");
}

static bool add_options(Buffer *page, const Command *const *commands, Error *err)
{
    const Option *option;
    for (int i = 0; (option = options_row(~0u, i)); i++)
        if (!add_option(page, option, commands, err)) return false;
    return true;
}

/* --- the page ------------------------------------------------------------------------------------- */

static bool write_page(Buffer *page, const Command *const *commands, Error *err)
{
    HostInfo host;
    host_info(&host);
    return escape_roff_format(page, err, ".TH REPRISE 1 \"\" \"reprise %s\" \"User Commands\"\n",
                              host.engine_version) &&
           add_section(page, "NAME", err) &&
           buffer_add_text(page,
                           "reprise \\- the GPT\\-1 paper as something anyone can run\n"
                           ".SH SYNOPSIS\n.B reprise\n.I COMMAND\n\\&...\n.br\n.B reprise\n"
                           ".I COMMAND\n.B \\-\\-help\n",
                           err) &&
           add_section(page, "DESCRIPTION", err) &&
           add_text(page,
                    "Runs experiments of the GPT-1 paper, Improving Language Understanding by "
                    "Generative Pre-Training (Radford, Narasimhan, Salimans and Sutskever, 2018): "
                    "an experiment is a question, a scale says how big it is asked, and a result "
                    "is the answer with tables, figures and verdicts.",
                    err) &&
           add_section(page, "COMMANDS", err) && add_commands(page, commands, err) &&
           add_section(page, "OPTIONS", err) &&
           add_text(page,
                    "Options stand anywhere behind the command; what comes behind -- is a word.",
                    err) &&
           add_options(page, commands, err) && add_entries(page, "ENVIRONMENT", environment, err) &&
           add_entries(page, "FILES", files, err) &&
           add_entries(page, "EXIT STATUS", statuses, err) &&
           add_entries(page, "EXAMPLES", examples, err);
}

/* reprise manual: reprise(1), from the tables that the command line is read by. */
static bool tell(const Command *const *commands, const Options *options, Arena *arena, Error *err)
{
    (void)options;
    Buffer page = buffer_create(arena);
    if (!write_page(&page, commands, err)) return false;
    fputs(page.data, stdout);
    return true;
}

const Command command_manual = {
    .name = "manual",
    .arguments = "",
    .help = "print the manual page: reprise manual | man -l -",
    .tell = tell,
};
