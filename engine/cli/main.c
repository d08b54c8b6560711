/* reprise: the command. The only place that reads argv, prints results and decides the exit
 * status. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/interrupt.h"
#include "base/parallel.h"
#include "base/wrap.h"
#include "cli/command.h"
#include "cli/limits.h"
#include "cli/terminal.h"

static const Command *const commands[] = {
    &command_run,
    &command_plan,
    &command_status,
    &command_explain,
    &command_compare,
    &command_report,
    &command_predict,
    &command_generate,
    &command_export,
    &command_import,
    &command_data,
    &command_tokenizer,
    &command_store,
    &command_describe,
    &command_bench,
    &command_version,
    &command_completion,
    &command_manual,
    NULL,
};

/* `words` from the column `indent` on, behind `first`. */
static void print_words(FILE *out, const char *first, const char *words, size_t indent)
{
    WrapLine line;
    const size_t width = terminal_room();
    for (const char *rest = words; wrap_next(&line, &rest, width > indent ? width - indent : 1);
         first = "")
        fprintf(out, "%-*s%.*s\n", (int)indent, first, (int)line.bytes, line.begin);
}

#define USAGE "usage: "

static void print_usage(FILE *out)
{
    enum { INDENT = 13 };
    fputs("Reprise: the GPT-1 paper as something anyone can run.\n\n"
          "usage: reprise COMMAND ...     (reprise COMMAND --help tells more)\n\n",
          out);
    for (int i = 0; commands[i]; i++) {
        char name[INDENT + 1];
        snprintf(name, sizeof name, "  %s", commands[i]->name);
        print_words(out, name, commands[i]->help, INDENT);
    }
}

static void print_form(const Command *command)
{
    char words[512];
    snprintf(words, sizeof words, "reprise %s %s", command->name, command->arguments);
    print_words(stdout, USAGE, words, strlen(USAGE));
}

static bool print_help(const Command *command, Arena *arena, Error *err)
{
    Buffer text = buffer_create(arena);
    char sentence[512];
    snprintf(sentence, sizeof sentence, "%s.", command->help);
    for (int i = 0; command->forms && command->forms[i]; i++) {
        print_form(command->forms[i]);
        print_words(stdout, "", command->forms[i]->help, strlen(USAGE));
    }
    if (!command->forms) print_form(command);
    putchar('\n');
    print_words(stdout, "", sentence, 0);
    if (!options_describe(&text, command->options, terminal_room(), err)) return false;
    if (text.size) printf("\n%s", text.data);
    return true;
}

enum { MOST_COMMANDS = sizeof commands / sizeof *commands };

static bool unknown_word(const Command *const *list, const char *what, const char *word,
                         Arena *arena, Error *err)
{
    const char *names[MOST_COMMANDS];
    size_t n = 0;
    for (; list[n]; n++) names[n] = command_word(list[n]);
    error_usage(err, "unknown %s '%s'", what, word);
    return spec_suggest_hint(&(SpecReader){"command line", arena, err}, word, names, n);
}

static bool wants_help(int argc, char **argv)
{
    for (int i = 2; i < argc && strcmp(argv[i], OPTIONS_END) != 0; i++)
        if (!strcmp(argv[i], "--help") || !strcmp(argv[i], "-h")) return true;
    return false;
}

static bool wrong_words(const Command *command, bool too_few, Error *err)
{
    error_usage(err, "reprise %s: %s", command->name,
                too_few ? "a word is missing" : "there is a word too many");
    return error_hint(err, "reprise %s %s", command->name,
                      command->arguments ? command->arguments : "--help");
}

/* `words` are those behind the command's name. */
static bool run_command(const Command *command, int n_words, char **words, Arena *arena, Error *err)
{
    Options options;
    if (!options_read(&options, command->options, n_words, words, arena, err)) return false;
    if (options.n_words < command->min_words || options.n_words > command->max_words)
        return wrong_words(command, options.n_words < command->min_words, err);
    parallel_set_threads((int)options.threads);
    if (!limits_check(err)) return false;
    return command->tell ? command->tell(commands, &options, arena, err)
                         : command->run(&options, arena, err);
}

static bool run(int argc, char **argv, Arena *arena, Error *err)
{
    int at = 1;
    const Command *command = command_find(commands, argv[at]);
    if (!command) return unknown_word(commands, "command", argv[at], arena, err);
    const bool help = wants_help(argc, argv);
    const Command *form =
        command->forms && argc > at + 1 ? command_find(command->forms, argv[at + 1]) : NULL;
    if (form) at++;
    if (help) return print_help(form ? form : command, arena, err);
    if (command->forms && !form)
        return argc > at + 1 ? unknown_word(command->forms, "word", argv[at + 1], arena, err)
                             : wrong_words(command, true, err);
    return run_command(form ? form : command, argc - at - 1, argv + at + 1, arena, err);
}

/* Sets a variable that is not set yet; true when it did. */
static bool set_default(const char *name, const char *value)
{
    return !getenv(name) && setenv(name, value, 0) == 0;
}

/* OpenMP reads the environment while it is loaded, so it is completed, from inside, by starting once more.
 * What was set from outside stays. (The stacks of its threads would else be as large as the first one may
 * become: too small for blocks of attention under a low ulimit -s.)
 *
 * Its threads spin for milliseconds while they wait for work, before they sleep; on a busy machine that time
 * is taken from the very thread they wait for, and a small run took 20 times as long as with 1,000 turns,
 * some tens of microseconds: about the time between two loops. */
static void complete_environment(char **argv)
{
    bool changed = set_default("OMP_STACKSIZE", "4M");
    if (!getenv("OMP_WAIT_POLICY")) changed |= set_default("GOMP_SPINCOUNT", "1000");
    if (changed) execv("/proc/self/exe", argv); /* on failure go on, only slower */
}

/* What other programs answer to. */
static void accept_synonym(char **argv)
{
    static char version[] = "version";
    if (!strcmp(argv[1], "--version")) argv[1] = version;
}

static bool asks_for_usage(const char *word)
{
    return !strcmp(word, "--help") || !strcmp(word, "-h") || !strcmp(word, "help");
}

int main(int argc, char **argv)
{
    signal(SIGXFSZ,
           SIG_IGN); /* a file over the limit is then an error of the write, with its path */
    if (argc < 2 || asks_for_usage(argv[1])) {
        print_usage(argc < 2 ? stderr : stdout);
        return argc < 2 ? 2 : 0;
    }
    complete_environment(argv); /* help computes nothing, and is there in half the time */
    accept_synonym(argv);
    interrupt_install();
    Error err = {0};
    Arena *arena = arena_create("command", &err);
    if (!arena || !terminal_install(&err) || !run(argc, argv, arena, &err) || !terminal_flush(&err))
        terminal_error(&err);
    arena_destroy(arena);
    bool by_signal = err.kind == ERROR_INTERRUPTED && interrupt_signal() != 0;
    return by_signal ? 128 + interrupt_signal() : error_exit_status(&err); /* as shells have it */
}
