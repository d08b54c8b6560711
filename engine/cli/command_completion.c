#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/completion.h"

/* What a shell is told: to ask the very program that is being typed, `completion words -- WORD...`, of which the last
 * word may be unfinished. */

/* Bash parts words at '=' and ':' and gives them with their quotes: they are put together again, without. What is
 * found goes in where the last part begins. */
static const char bash[] =
    "# bash completion for reprise: in ~/.bashrc, or where bash-completion looks\n"
    "_reprise()\n"
    "{\n"
    "    local program=${1/#\\~/$HOME} words=() part joined= candidate quote skip\n"
    "    for part in \"${COMP_WORDS[@]:1:COMP_CWORD}\"; do\n"
    "        if [[ ${#words[@]} -gt 0 && ($part == [=:]* || $joined) ]]; then\n"
    "            words[-1]+=$part\n"
    "        else\n"
    "            words+=(\"$part\")\n"
    "        fi\n"
    "        [[ $part == [=:]* ]] && joined=yes || joined=\n"
    "    done\n"
    "    [[ ${words[-1]} == [\\\"\\']* ]] && quote=${words[-1]:0:1}\n"
    "    for part in \"${!words[@]}\"; do\n"
    "        words[part]=${words[part]#[\\\"\\']}\n"
    "        words[part]=${words[part]%[\\\"\\']}\n"
    "        words[part]=${words[part]//\\\\/}\n"
    "    done\n"
    "    skip=${words[-1]%\"${words[-1]##*[=:]}\"}\n"
    "    COMPREPLY=()\n"
    "    while IFS=$'\\t' read -r candidate _; do\n"
    "        case $candidate in\n"
    "            :files) compopt -o filenames 2>/dev/null\n"
    "                mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -f -- \"${words[-1]}\") "
    ";;\n"
    "            :folders) compopt -o filenames 2>/dev/null\n"
    "                mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -d -- \"${words[-1]}\") "
    ";;\n"
    "            *) candidate=${candidate#\"$skip\"}\n"
    "                [[ $quote ]] || printf -v candidate %q \"$candidate\"\n"
    "                COMPREPLY+=(\"$candidate\") ;;\n"
    "        esac\n"
    "    done < <(\"$program\" completion words -- \"${words[@]}\" 2>/dev/null)\n"
    "}\n"
    "complete -F _reprise reprise\n";

static const char zsh[] =
    "#compdef reprise\n"
    "# zsh completion for reprise: as _reprise in a folder of $fpath, or sourced behind compinit\n"
    "_reprise()\n"
    "{\n"
    "    local line\n"
    "    local -a candidates\n"
    "    for line in \"${(@f)$(_call_program candidates ${(q)words[1]} completion words -- \\\n"
    "            \"${(@q)${(@Q)words[2,CURRENT-1]}}\" ${(q)${(Q)PREFIX}} 2>/dev/null)}\"; do\n"
    "        case $line in\n"
    "            '') ;;\n"
    "            :files) _files ;;\n"
    "            :folders) _files -/ ;;\n"
    "            *) candidates+=(\"${${line%%$'\\t'*}//:/\\\\:}:${line#*$'\\t'}\") ;;\n"
    "        esac\n"
    "    done\n"
    "    (( $#candidates )) && _describe 'reprise' candidates\n"
    "}\n"
    "if [[ $funcstack[1] = _reprise ]]; then _reprise \"$@\"; else compdef _reprise reprise; fi\n";

static const char fish[] =
    "# fish completion for reprise: as reprise.fish in ~/.config/fish/completions\n"
    "function __reprise_candidates\n"
    "    set -l words (commandline --tokenize --cut-at-cursor --current-process)\n"
    "    set -l typed (commandline --current-token --cut-at-cursor | string replace -r '^[\"\\']' "
    "'' | string unescape)\n"
    "    for line in ($words[1] completion words -- $words[2..-1] \"$typed\" 2>/dev/null)\n"
    "        switch $line\n"
    "            case ':files'\n"
    "                __fish_complete_path \"$typed\"\n"
    "            case ':folders'\n"
    "                __fish_complete_directories \"$typed\" ''\n"
    "            case '*'\n"
    "                printf '%s\\n' $line\n"
    "        end\n"
    "    end\n"
    "end\n"
    "complete --command reprise --no-files --arguments '(__reprise_candidates)'\n";

static const struct {
    const char *name, *script;
} shells[] = {{"bash", bash}, {"zsh", zsh}, {"fish", fish}};
enum { N_SHELLS = sizeof shells / sizeof *shells };

static bool print_script(const char *shell, Arena *arena, Error *err)
{
    const char *names[N_SHELLS];
    for (size_t i = 0; i < N_SHELLS; i++) {
        names[i] = shells[i].name;
        if (strcmp(names[i], shell) != 0) continue;
        fputs(shells[i].script, stdout);
        return true;
    }
    error_usage(err, "reprise completion: unknown shell '%s'", shell);
    return spec_suggest_hint(&(SpecReader){"command line", arena, err}, shell, names, N_SHELLS);
}

/* reprise completion SHELL; and, asked by its script, reprise completion words -- WORD... */
static bool tell(const Command *const *commands, const Options *options, Arena *arena, Error *err)
{
    if (strcmp(options->words[0], "words") != 0) {
        if (options->n_words == 1) return print_script(options->words[0], arena, err);
        return error_usage(err, "reprise completion: there is a word too many");
    }
    Buffer lines = buffer_create(arena);
    if (!completion_write(&lines, commands, options->words + 1, options->n_words - 1, err))
        return false;
    fputs(lines.data, stdout);
    return true;
}

const Command command_completion = {
    .name = "completion",
    .arguments = "bash | zsh | fish",
    .help = "print what makes a shell complete commands, options and names: source <(reprise "
            "completion bash)",
    .min_words = 1,
    .max_words = INT_MAX,
    .tell = tell,
};
